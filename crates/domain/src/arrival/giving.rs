//! What an arrival is to receive and received, and which node may give it, as the events of the arrival
//! say it in total order.

use super::Arrival;
use crate::event::{Event, Recorded, body};
use crate::{Entitlement, GivenBy, NodeKey, Passing, Redemption, TransferId};

impl Arrival {
    /// Takes in one later event about what is given; any other changes nothing.
    pub(super) fn apply_giving(&mut self, recorded: &Recorded) {
        let at = recorded.occurred.at;
        match &recorded.event {
            Event::ArrivalEntitled(entitled) => {
                self.entitlements
                    .extend(entitled.entitlements.iter().map(|granted| Entitlement {
                        id: granted.entitlement,
                        item: granted.item.clone(),
                        quantity: granted.quantity,
                        holder: recorded.order.node,
                        passing: None,
                        moved_to: None,
                        granted: recorded.order,
                        limit_waived: false,
                        redeemed: None,
                        voided: 0,
                        disputed: Vec::new(),
                    }));
            }
            Event::EntitlementRedeemed(redeemed) => {
                let standing = self.standing(redeemed, recorded);
                let redemption = Redemption {
                    at,
                    rough: recorded.occurred.precision.is_rough(),
                    by: recorded.author,
                    site: redeemed.site,
                    from_stock: redeemed.from_stock,
                    order: recorded.order,
                    standing,
                };
                // Another node gave something on a card that was withdrawn here: what was really given
                // is never hidden, so the card counts again. Who was registered on it is put back once its
                // whole history is at hand.
                self.withdrawn_at = None;
                if let Some(entitlement) = self.entitlement_mut(redeemed.entitlement) {
                    // A second redemption can only come from another node after a recovery of
                    // rights; what was really given is never hidden (G9).
                    if entitlement.redeemed.is_some() {
                        entitlement.disputed.push(redemption);
                    } else {
                        entitlement.redeemed = Some(redemption);
                    }
                }
            }
            Event::RedemptionVoided(voided) => {
                if let Some(entitlement) = self.entitlement_mut(voided.entitlement) {
                    entitlement.void(recorded.upon.as_deref());
                }
            }
            Event::LimitWaived(waived) => {
                if let Some(entitlement) = self.entitlement_mut(waived.entitlement) {
                    entitlement.limit_waived = true;
                }
            }
            Event::RightsReleased(released) => {
                let node = recorded.order.node;
                let passing = Passing {
                    transfer: released.transfer,
                    to: released.to,
                    site: released.site,
                    at,
                };
                for entitlement in &mut self.entitlements {
                    if released.entitlements.contains(&entitlement.id)
                        && entitlement.may_be_released_by(node)
                    {
                        entitlement.passing = Some(passing);
                    }
                }
            }
            Event::RightsAccepted(accepted) => {
                let site = self.site;
                for entitlement in self.answered(accepted.transfer, recorded.order.node) {
                    if let Some(passing) = entitlement.passing.take() {
                        entitlement.holder = recorded.order.node;
                        entitlement.moved_to = (passing.site != site).then_some(passing.site);
                    }
                }
            }
            Event::RightsDeclined(declined) => {
                for entitlement in self.answered(declined.transfer, recorded.order.node) {
                    entitlement.passing = None;
                }
            }
            _ => {}
        }
    }

    /// By what right a node gave something, as things stood then. A branch of a forked log is nobody's,
    /// so what stands on it is a claim, whatever it says of itself (G9).
    fn standing(&self, redeemed: &body::EntitlementRedeemed, recorded: &Recorded) -> GivenBy {
        if recorded.is_on_branch() {
            return GivenBy::Claimed;
        }
        let held = self
            .entitlement(redeemed.entitlement)
            .is_some_and(|entitlement| entitlement.is_held_by(recorded.order.node));
        if held {
            GivenBy::Held
        } else if redeemed.recovered.is_some() {
            GivenBy::Recovered
        } else {
            GivenBy::Claimed
        }
    }

    /// The entitlements that this release brings to this node.
    fn answered(
        &mut self,
        transfer: TransferId,
        node: NodeKey,
    ) -> impl Iterator<Item = &mut Entitlement> {
        self.entitlements.iter_mut().filter(move |entitlement| {
            let passing = entitlement.passing;
            passing.is_some_and(|passing| passing.waits_for(transfer, node))
        })
    }
}
