//! What the demo told the public in words: one notice that stands, in every language, and one that was
//! withdrawn. The words are invented.

use domain::{Command, LanguageCode, NoticeId, NoticeText, Role};
use node::Request;
use uuid::Uuid;

use super::play::Play;
use crate::failure::Failure;

/// Ids out of a range of their own, so that the people of the demo stay who they are.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x7E11_0000 + number)
}

const RECEPTION: [(LanguageCode, &str, &str); 4] = [
    (
        LanguageCode::ENGLISH,
        "Where returning people are received",
        "Whoever lands at Port-au-Prince is met at the airport, day or night, before any form: water and a \
         meal first, then registration.\n\nNobody pays for anything at the desk. Whoever is asked for money \
         can say so at the desk or by the feedback box, with or without a name.",
    ),
    (
        LanguageCode::FRENCH,
        "Où sont accueillies les personnes de retour",
        "Toute personne qui atterrit à Port-au-Prince est accueillie à l’aéroport, de jour comme de nuit, \
         avant tout formulaire : d’abord de l’eau et un repas, puis l’enregistrement.\n\nRien n’est payant au \
         guichet. Si quelqu’un demande de l’argent, dites-le au guichet ou par la boîte à retours, avec ou \
         sans votre nom.",
    ),
    (
        LanguageCode::KREYOL,
        "Ki kote yo resevwa moun k ap retounen",
        "Tout moun ki ateri Pòtoprens jwenn moun ki resevwa yo nan ayewopò a, lajounen kou lannuit, anvan \
         okenn fòm: dabò dlo ak yon repa, apre sa enskripsyon.\n\nPèsonn pa peye anyen nan biwo a. Si yon \
         moun mande w lajan, di sa nan biwo a oswa nan bwat kòmantè a, ak non w oswa san non.",
    ),
    (
        LanguageCode::SPANISH,
        "Dónde se recibe a quienes regresan",
        "A quien aterriza en Puerto Príncipe se le recibe en el aeropuerto, de día o de noche, antes de \
         cualquier formulario: primero agua y comida, después el registro.\n\nEn la mesa no se paga nada. Si \
         alguien le pide dinero, dígalo en la mesa o en el buzón, con su nombre o sin él.",
    ),
];
const SUNDAY: (&str, &str) = (
    "No flight on Sunday",
    "No flight is announced for Sunday. The desk opens again on Monday.",
);

impl Play {
    /// Publishes both, and withdraws the one that no longer holds.
    pub(super) fn tell_the_public(&mut self) -> Result<(), Failure> {
        let (stands, withdrawn) = (NoticeId(id(1)), NoticeId(id(2)));
        let texts = RECEPTION
            .into_iter()
            .map(|(language, title, text)| notice_text(language, title, text));
        self.tell(stands, texts.collect(), 11)?;
        let (title, text) = SUNDAY;
        let texts = vec![notice_text(LanguageCode::ENGLISH, title, text)];
        self.tell(withdrawn, texts, 12)?;
        let site = self.home()?.id;
        let withdraw = Command::WithdrawNotice { notice: withdrawn };
        self.ask_at(Role::InformationOfficer, site, vec![(None, withdraw)])
    }

    fn tell(
        &mut self,
        notice: NoticeId,
        texts: Vec<NoticeText>,
        request: u128,
    ) -> Result<(), Failure> {
        let (first, second) = (Role::InformationOfficer, Role::Coordinator);
        let request = Request {
            id: id(request),
            site: self.home()?.id,
            occurred: None,
            command: Command::PublishNotice {
                notice,
                texts,
                second: self.session(second).user(),
            },
        };
        self.node()
            .execute_with(self.session(first), self.session(second), request)?;
        Ok(())
    }
}

fn notice_text(language: LanguageCode, title: &str, text: &str) -> NoticeText {
    NoticeText {
        language,
        title: title.into(),
        text: text.into(),
    }
}
