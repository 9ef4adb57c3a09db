//! Letting people in: users, passwords, and the keys of the roles to which parts are sealed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use domain::{Command, Known, Permission, Refusal, Role, SiteId, Staff, User, UserId};
use ledger::{Entropy, RolePublicKey, RootKey, SealingSecret};
use register::Register;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::credential::{self, Cost};
use crate::error::{ExecuteError, NodeError};
use crate::ids::SystemIds;
use crate::node::{Done, Node, Request};
use crate::session::Session;
use crate::succession::root_public;
use crate::writer::Order;

/// Context of the role key when it is sealed to a user, so that it opens as nothing else.
const ROLE_KEY_CONTEXT: &[u8] = b"akey protection role key v1";
/// Context of the role key when it is sealed to the root key.
const ROLE_KEY_ROOT_CONTEXT: &[u8] = b"akey protection role key for the root v1";
/// The setting that holds the role key sealed to the root key.
const ROLE_KEY_FOR_ROOT: &str = "protection_key_for_root";
/// The same for the key of the focal point.
const FOCAL_POINT_KEY_CONTEXT: &[u8] = b"akey focal point role key v1";
/// How the settings begin that hold keys which are not the published ones.
const SET_ASIDE: &str = "role_key_set_aside ";

/// Somebody to be let in.
#[derive(Clone)]
pub struct NewUser {
    /// Their id, made by whoever asks.
    pub user: UserId,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Their names.
    pub staff: Staff,
    /// Their first password.
    pub password: String,
}

impl fmt::Debug for NewUser {
    /// Without names and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewUser")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl Node {
    /// Signs somebody in.
    ///
    /// # Errors
    /// [`NodeError::SignInRefused`] for an unknown name, a wrong password and a revoked user alike.
    pub fn sign_in(&self, login: &str, password: &str) -> Result<Session, NodeError> {
        let found = self.read::<_, NodeError>(|register| {
            let user = register.user_by_login(login.trim())?;
            Ok(user.map(|id| register.user(id)).transpose()?.flatten())
        })?;
        let id = found.as_ref().map(|user| user.id);
        let secret =
            self.with_reader(|reader| credential::unlock(reader.connection(), id, password))?;
        let user = found
            .filter(|user| user.active)
            .ok_or(NodeError::SignInRefused)?;
        let mut role_secrets = BTreeMap::new();
        for role in keyed(&user.roles) {
            if let Some(opened) = self.role_secret(role, user.id, &secret)? {
                role_secrets.insert(role, opened);
            }
        }
        let name = user
            .staff
            .map_or_else(|| login.to_owned(), |staff| staff.name);
        Ok(Session {
            user: user.id,
            name,
            roles: user.roles,
            role_secrets,
        })
    }

    /// Whether the session's user may still work here, and what they may do now.
    pub fn still_allowed(&self, session: &Session) -> Result<Option<Vec<Role>>, NodeError> {
        self.read(|register| {
            let user = register.user(session.user)?;
            Ok(user.filter(|user| user.active).map(|user| user.roles))
        })
    }

    /// Lets somebody in and sets their first password. Somebody of a role with a key is given the
    /// key if the session holds it; else a colleague gives it later.
    pub fn admit(
        &self,
        session: &Session,
        request: Uuid,
        site: SiteId,
        new: NewUser,
    ) -> Result<Done, ExecuteError> {
        check_password(&new.password)?;
        let NewUser {
            user,
            roles,
            staff,
            password,
        } = new;
        let keyed = keyed(&roles);
        let command = Command::AdmitUser { user, roles, staff };
        let done = self.execute(
            session,
            Request {
                id: request,
                site,
                occurred: None,
                command,
            },
        )?;
        let stored =
            self.with_reader(|reader| credential::public_key(reader.connection(), user))?;
        if stored.is_none() {
            self.store_password(user, &password)?;
            if keyed.iter().any(|role| session.opens(*role)) {
                self.share_role_key(session, user)?;
            }
        }
        Ok(done)
    }

    /// Sets a new password for oneself, or, as an administrator, for somebody else. The key for
    /// protection notes has to be given to them again.
    pub fn set_password(
        &self,
        session: &Session,
        user: UserId,
        password: &str,
    ) -> Result<(), ExecuteError> {
        let administer = Permission::Administer;
        let found = self.read::<_, ExecuteError>(|register| {
            let asking = active(register, session.user)?.ok_or(Refusal::UnknownUser)?;
            if user != session.user && !asking.may(administer) {
                return Err(Refusal::NotAllowed {
                    permission: administer,
                }
                .into());
            }
            let found = register.user(user).map_err(NodeError::from)?;
            Ok(found.ok_or(Refusal::UnknownUser)?)
        })?;
        check_password(password)?;
        if user != session.user
            && let Some(role) = self.last_with_role_key(&found, &Role::WITH_KEY)?
        {
            return Err(Refusal::LastRoleKey { role }.into());
        }
        self.store_password(user, password)?;
        if user == session.user && session.opens_any() {
            self.share_role_key(session, user)?;
        }
        Ok(())
    }

    /// People of a role with a key who cannot read yet what is sealed to it.
    pub fn without_role_key(&self, role: Role) -> Result<Vec<UserId>, NodeError> {
        let of_role = self.of_role(role)?;
        self.with_reader(|reader| {
            let mut without = Vec::new();
            for user in of_role {
                if sealed_role_key(reader.connection(), role, user)?.is_none() {
                    without.push(user);
                }
            }
            Ok(without)
        })
    }

    /// Gives a colleague the keys of the roles they have, as far as this session holds them. Only
    /// somebody who has a key can, so that an administrator alone can let nobody read.
    pub fn share_role_key(&self, session: &Session, with: UserId) -> Result<(), NodeError> {
        let found = self.read::<_, NodeError>(|register| active(register, with))?;
        let theirs = found.map_or_else(Vec::new, |user| keyed(&user.roles));
        let held: Vec<Role> = theirs
            .iter()
            .copied()
            .filter(|role| session.opens(*role))
            .collect();
        if held.is_empty() {
            // Says first that the asking session is closed, then that the other is of no such role.
            if !session.opens_any() {
                return Err(NodeError::RoleKeyClosed);
            }
            return Err(Refusal::NotAllowed {
                permission: Permission::Protect,
            }
            .into());
        }
        let public = self
            .with_reader(|reader| credential::public_key(reader.connection(), with))?
            .ok_or(Refusal::UnknownUser)?;
        for role in held {
            let secret = self.open_role_secret(session, role)?;
            let made =
                self.read::<_, NodeError>(|register| Ok(Known::role_key(register, role)?))?;
            // Signed in before another key turned out to be the published one.
            if made.is_none_or(|made| secret.public().0.as_slice() != made.0) {
                return Err(NodeError::RoleKeyClosed);
            }
            self.store_role_key(role, with, &public, &secret)?;
        }
        Ok(())
    }

    /// Gives somebody of the protection role the key for protection notes with the root key, because
    /// whoever held it cannot open it any more. An administrator is there and is recorded with it;
    /// neither they nor a coordinator can be the one who is given it. With a new password, which the
    /// person themself types, it also takes the place of the one they forgot.
    ///
    /// # Errors
    /// When the root key is another operation's, the key was never sealed to it, or the rules refuse
    /// the person.
    pub fn recover_role_key(
        &self,
        administrator: &Session,
        root: &RootKey,
        to: UserId,
        new_password: Option<&str>,
    ) -> Result<(), ExecuteError> {
        let secret = self.role_key_by_root(root)?;
        if let Some(password) = new_password {
            check_password(password)?;
            // A new password takes the other keys from them; this one is given again below.
            let found = self.read::<_, NodeError>(|register| Ok(register.user(to)?))?;
            let found = found.ok_or(Refusal::UnknownUser)?;
            if let Some(role) = self.last_with_role_key(&found, &[Role::FocalPoint])? {
                return Err(Refusal::LastRoleKey { role }.into());
            }
        }
        // Recorded before it is given: never the other way round.
        let request = Request {
            id: domain::Ids::id(&mut SystemIds::new(Arc::clone(
                &self.shared.options.entropy,
            ))),
            site: self.home_site()?,
            occurred: None,
            command: Command::RecoverRoleKey {
                role: Role::Protection,
                user: to,
            },
        };
        self.execute(administrator, request)?;
        if let Some(password) = new_password {
            self.store_password(to, password)?;
        }
        let own = self
            .with_reader(|reader| credential::public_key(reader.connection(), to))?
            .ok_or(Refusal::UnknownUser)?;
        Ok(self.store_role_key(Role::Protection, to, &own, &secret)?)
    }

    /// The role key out of the copy that only the root key opens.
    fn role_key_by_root(&self, root: &RootKey) -> Result<SealingSecret, NodeError> {
        let (public, made) = self.read::<_, NodeError>(|register| {
            let made = Known::role_key(register, Role::Protection)?;
            Ok((root_public(register)?, made))
        })?;
        if root.public() != public {
            return Err(NodeError::OtherRoot);
        }
        let made = made.ok_or(Refusal::NoRoleKey)?;
        let sealed = self.setting(ROLE_KEY_FOR_ROOT)?;
        let sealed = sealed.ok_or(NodeError::RoleKeyNotRecoverable)?;
        let opened = root
            .open(ROLE_KEY_ROOT_CONTEXT, &sealed)
            .ok_or(NodeError::SealDamaged)?;
        let secret = sealing_secret(&opened)?;
        if secret.public().0.as_slice() == made.0 {
            Ok(secret)
        } else {
            Err(NodeError::SealDamaged)
        }
    }

    /// Keeps a copy of the role key that only the root key opens. Keys made before there were such
    /// copies get theirs here too, when somebody who holds them signs in.
    fn keep_for_root(&self, secret: &SealingSecret) -> Result<(), NodeError> {
        if self.setting(ROLE_KEY_FOR_ROOT)?.is_some() {
            return Ok(());
        }
        let root = self.read::<_, NodeError>(root_public)?;
        let sealed = root.recovery.seal(
            ROLE_KEY_ROOT_CONTEXT,
            secret.to_bytes().as_slice(),
            self.entropy(),
        )?;
        self.set_setting(ROLE_KEY_FOR_ROOT, &sealed)
    }

    /// The key of a role that a session holds, as long as its user is of the role.
    pub(crate) fn open_role_secret(
        &self,
        session: &Session,
        role: Role,
    ) -> Result<Arc<SealingSecret>, NodeError> {
        let user = self.read::<_, NodeError>(|register| active(register, session.user))?;
        let of_role = user.is_some_and(|user| user.roles.contains(&role));
        let secret = session.role_secrets.get(&role).filter(|_| of_role);
        secret.map(Arc::clone).ok_or(NodeError::RoleKeyClosed)
    }

    fn of_role(&self, role: Role) -> Result<Vec<UserId>, NodeError> {
        self.read(|register| {
            let of_role = |user: &User| user.active && user.roles.contains(&role);
            Ok::<_, NodeError>(
                register
                    .users()?
                    .into_iter()
                    .filter(of_role)
                    .map(|user| user.id)
                    .collect(),
            )
        })
    }

    /// Of these roles one to which nothing sealed could be opened any more if this user could not.
    fn last_with_role_key(&self, user: &User, among: &[Role]) -> Result<Option<Role>, NodeError> {
        let theirs = keyed(&user.roles).into_iter();
        for role in theirs.filter(|role| among.contains(role)) {
            let mut others = self.of_role(role)?;
            others.retain(|other| *other != user.id);
            let last = self.with_reader(|reader| {
                let holds = |user| {
                    Ok::<_, NodeError>(sealed_role_key(reader.connection(), role, user)?.is_some())
                };
                let mut last = holds(user.id)?;
                for other in others {
                    last &= !holds(other)?;
                }
                Ok(last)
            })?;
            if last {
                return Ok(Some(role));
            }
        }
        Ok(None)
    }

    /// The key of a role, if it was given to this user. The first of the role to sign in makes it.
    fn role_secret(
        &self,
        role: Role,
        user: UserId,
        own: &SealingSecret,
    ) -> Result<Option<Arc<SealingSecret>>, NodeError> {
        let made = self.read::<_, NodeError>(|register| Ok(Known::role_key(register, role)?))?;
        let sealed = self.with_reader(|reader| sealed_role_key(reader.connection(), role, user))?;
        let held = sealed
            .map(|sealed| opened_role_key(role, own, &sealed))
            .transpose()?;
        let open = match (made, held) {
            (Some(_), None) => return Ok(None),
            // Another key was published first: this one does not open what is sealed to it, and must
            // not be kept in its place, or nobody would see that the right one is missing.
            (Some(made), Some(held)) if held.public().0.as_slice() != made.0 => {
                self.set_aside(role, user)?;
                return Ok(None);
            }
            (Some(_), Some(held)) => Arc::new(held),
            // Kept before it is published: should the power go in between, it is published here.
            (None, Some(held)) => self.publish_role_key(role, user, held)?,
            (None, None) => {
                let fresh = SealingSecret::generate(self.entropy());
                self.store_role_key(role, user, &own.public(), &fresh)?;
                self.publish_role_key(role, user, fresh)?
            }
        };
        // What is said about staff is for the focal point alone: no administrator with the root key
        // can be given it (decision 0008).
        if role == Role::Protection
            && let Err(error) = self.keep_for_root(&open)
        {
            // Nobody is kept from their work by this; the next sign-in tries again.
            tracing::warn!(error = %error, "the key for protection notes was not sealed to the root key");
        }
        Ok(Some(open))
    }

    /// Takes a key that is not the published one from a user. It is kept, sealed as it was: should
    /// anything have been sealed to it before the other was known here, nothing else opens that.
    fn set_aside(&self, role: Role, user: UserId) -> Result<(), NodeError> {
        let name = format!("{SET_ASIDE}{} {user}", role.code());
        self.shared.writer.local(move |connection| {
            let Some(sealed) = sealed_role_key(connection, role, user)? else {
                return Ok(());
            };
            crate::local::set(connection, &name, &sealed)?;
            let table = table(role);
            let take = format!("DELETE FROM {table} WHERE user = ?1");
            connection.execute(&take, [user.0.as_bytes()])?;
            Ok(())
        })
    }

    fn publish_role_key(
        &self,
        role: Role,
        user: UserId,
        secret: SealingSecret,
    ) -> Result<Arc<SealingSecret>, NodeError> {
        let public_key = secret.public().0.to_vec();
        let order = Order {
            request: domain::Ids::id(&mut SystemIds::new(Arc::clone(
                &self.shared.options.entropy,
            ))),
            actor: domain::Actor::Setup(user),
            site: SiteId(Uuid::nil()),
            occurred: None,
            command: Command::MakeRoleKey { role, public_key },
            second: None,
        };
        for answer in self.shared.writer.execute(vec![order])? {
            answer?;
        }
        Ok(Arc::new(secret))
    }

    fn store_role_key(
        &self,
        role: Role,
        user: UserId,
        public: &RolePublicKey,
        role_secret: &SealingSecret,
    ) -> Result<(), NodeError> {
        let sealed = public.seal(
            context(role),
            role_secret.to_bytes().as_slice(),
            self.entropy(),
        )?;
        self.shared.writer.local(move |connection| {
            let table = table(role);
            connection.execute(
                &format!("INSERT OR REPLACE INTO {table} (user, sealed) VALUES (?1, ?2)"),
                params![user.0.as_bytes(), sealed],
            )?;
            Ok(())
        })
    }

    /// Lets somebody who is known to the operation sign in at this node, where they have no password
    /// yet: passwords stay where they were set. For whoever runs the machine and has its passphrase.
    ///
    /// # Errors
    /// When nobody active has this name, or the password is too short.
    pub fn enrol(&self, login: &str, password: &str) -> Result<UserId, NodeError> {
        check_password(password)?;
        let user = self.read::<_, NodeError>(|register| {
            let Some(id) = register.user_by_login(login)? else {
                return Ok(None);
            };
            Ok(register.user(id)?.filter(|user| user.active))
        })?;
        let user = user.ok_or(Refusal::UnknownUser)?.id;
        self.store_password(user, password)?;
        Ok(user)
    }

    pub(crate) fn store_password(&self, user: UserId, password: &str) -> Result<(), NodeError> {
        // Slow on purpose, so before the writer is asked.
        let made = credential::make(self.entropy(), user, password, Cost::SIGN_IN)?;
        self.shared
            .writer
            .local(move |connection| credential::store(connection, user, &made))
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.shared.options.entropy
    }
}

/// Refused before anything is recorded, so that no user is left without a password.
pub(crate) fn check_password(password: &str) -> Result<(), NodeError> {
    let min = credential::PASSWORD_CHARACTERS_MIN;
    if password.chars().count() < min {
        return Err(NodeError::PasswordShort { min });
    }
    Ok(())
}

/// The roles with a key among these.
fn keyed(roles: &[Role]) -> Vec<Role> {
    let with_key = Role::WITH_KEY.into_iter();
    with_key.filter(|role| roles.contains(role)).collect()
}

/// Where the keys of a role are kept, each sealed to its user.
const fn table(role: Role) -> &'static str {
    match role {
        Role::FocalPoint => "n_focal_point_key",
        _ => "n_role_key",
    }
}

const fn context(role: Role) -> &'static [u8] {
    match role {
        Role::FocalPoint => FOCAL_POINT_KEY_CONTEXT,
        _ => ROLE_KEY_CONTEXT,
    }
}

fn sealed_role_key(
    connection: &Connection,
    role: Role,
    user: UserId,
) -> Result<Option<Vec<u8>>, NodeError> {
    let table = table(role);
    Ok(connection
        .query_row(
            &format!("SELECT sealed FROM {table} WHERE user = ?1"),
            [user.0.as_bytes()],
            |row| row.get(0),
        )
        .optional()?)
}

fn opened_role_key(
    role: Role,
    own: &SealingSecret,
    sealed: &[u8],
) -> Result<SealingSecret, NodeError> {
    let opened = own
        .open(context(role), sealed)
        .ok_or(NodeError::SealDamaged)?;
    sealing_secret(&opened)
}

fn sealing_secret(opened: &[u8]) -> Result<SealingSecret, NodeError> {
    let bytes: &[u8; 32] = opened.try_into().map_err(|_| NodeError::SealDamaged)?;
    Ok(SealingSecret::from_bytes(bytes))
}

/// The user, if they may still work here.
fn active(register: &Register<'_>, id: UserId) -> Result<Option<User>, NodeError> {
    Ok(register.user(id)?.filter(|user| user.active))
}
