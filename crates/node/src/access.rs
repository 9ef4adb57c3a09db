//! Letting people in: users, passwords, and the key for protection notes.

use std::sync::Arc;

use domain::{Command, Known, Permission, Refusal, Role, SiteId, Staff, UserId};
use ledger::{Entropy, RolePublicKey, SealingSecret};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::credential::{self, Cost};
use crate::error::{ExecuteError, NodeError};
use crate::node::{Done, Node, Request};
use crate::session::Session;
use crate::writer::Order;

/// Context of the role key when it is sealed to a user, so that it opens as nothing else.
const ROLE_KEY_CONTEXT: &[u8] = b"akey protection role key v1";

/// Somebody to be let in.
#[derive(Debug, Clone)]
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
        let role_secret = if user.roles.contains(&Role::Protection) {
            self.role_secret(user.id, &secret)?
        } else {
            None
        };
        let name = user
            .staff
            .map_or_else(|| login.to_owned(), |staff| staff.name);
        Ok(Session {
            user: user.id,
            name,
            roles: user.roles,
            role_secret,
        })
    }

    /// Whether the session's user may still work here, and what they may do now.
    pub fn still_allowed(&self, session: &Session) -> Result<Option<Vec<Role>>, NodeError> {
        self.read(|register| {
            let user = register.user(session.user)?;
            Ok(user.filter(|user| user.active).map(|user| user.roles))
        })
    }

    /// Lets somebody in and sets their first password. Somebody of the protection role is given the
    /// key for protection notes if the session holds it; else a colleague gives it later.
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
        let protects = roles.contains(&Role::Protection);
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
        if !done.repeated {
            self.store_password(user, password)?;
            if protects && session.opens_notes() {
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
        if user != session.user && !session.may(Permission::Administer) {
            return Err(Refusal::NotAllowed {
                permission: Permission::Administer,
            }
            .into());
        }
        check_password(password)?;
        self.read::<_, ExecuteError>(|register| {
            Ok(register
                .user(user)
                .map_err(NodeError::from)?
                .ok_or(Refusal::UnknownUser)?)
        })?;
        self.store_password(user, password.to_owned())?;
        if user == session.user && session.opens_notes() {
            self.share_role_key(session, user)?;
        }
        Ok(())
    }

    /// People of the protection role who cannot read protection notes yet.
    pub fn without_role_key(&self) -> Result<Vec<UserId>, NodeError> {
        let protecting: Vec<UserId> = self.read(|register| {
            Ok::<_, NodeError>(
                register
                    .users()?
                    .into_iter()
                    .filter(|user| user.active && user.roles.contains(&Role::Protection))
                    .map(|user| user.id)
                    .collect(),
            )
        })?;
        self.with_reader(|reader| {
            let mut without = Vec::new();
            for user in protecting {
                if sealed_role_key(reader.connection(), user)?.is_none() {
                    without.push(user);
                }
            }
            Ok(without)
        })
    }

    /// Gives a colleague of the protection role the key for protection notes. Only somebody who has
    /// it can, so that an administrator alone can let nobody read them.
    pub fn share_role_key(&self, session: &Session, with: UserId) -> Result<(), NodeError> {
        let secret = session
            .role_secret
            .as_ref()
            .ok_or(NodeError::RoleKeyClosed)?;
        let public = self
            .with_reader(|reader| credential::public_key(reader.connection(), with))?
            .ok_or(Refusal::UnknownUser)?;
        self.store_role_key(with, &public, secret)
    }

    /// The role key, if it was given to this user. The first of the protection role to sign in makes
    /// it.
    fn role_secret(
        &self,
        user: UserId,
        secret: &SealingSecret,
    ) -> Result<Option<Arc<SealingSecret>>, NodeError> {
        let sealed = self.with_reader(|reader| sealed_role_key(reader.connection(), user))?;
        if let Some(sealed) = sealed {
            let opened = secret
                .open(ROLE_KEY_CONTEXT, &sealed)
                .ok_or(NodeError::SealDamaged)?;
            let bytes: &[u8; 32] = opened
                .as_slice()
                .try_into()
                .map_err(|_| NodeError::SealDamaged)?;
            return Ok(Some(Arc::new(SealingSecret::from_bytes(bytes))));
        }
        let made =
            self.read::<_, NodeError>(|register| Ok(Known::role_key(register, Role::Protection)?))?;
        if made.is_some() {
            return Ok(None);
        }
        self.make_role_key(user, secret).map(Some)
    }

    fn make_role_key(
        &self,
        user: UserId,
        own: &SealingSecret,
    ) -> Result<Arc<SealingSecret>, NodeError> {
        let role_secret = Arc::new(SealingSecret::generate(self.entropy()));
        let public = role_secret.public();
        let order = Order {
            request: Uuid::from_bytes(*array_16(&public.0)),
            actor: domain::Actor::Setup(user),
            site: SiteId(Uuid::nil()),
            occurred: None,
            command: Command::MakeRoleKey {
                role: Role::Protection,
                public_key: public.0.to_vec(),
            },
        };
        for answer in self.shared.writer.execute(vec![order])? {
            answer?;
        }
        self.store_role_key(user, &own.public(), &role_secret)?;
        Ok(role_secret)
    }

    fn store_role_key(
        &self,
        user: UserId,
        public: &RolePublicKey,
        role_secret: &SealingSecret,
    ) -> Result<(), NodeError> {
        let sealed = public.seal(
            ROLE_KEY_CONTEXT,
            role_secret.to_bytes().as_slice(),
            self.entropy(),
        )?;
        self.shared.writer.local(move |connection| {
            connection.execute(
                "INSERT OR REPLACE INTO n_role_key (user, sealed) VALUES (?1, ?2)",
                params![user.0.as_bytes(), sealed],
            )?;
            Ok(())
        })
    }

    pub(crate) fn store_password(&self, user: UserId, password: String) -> Result<(), NodeError> {
        let entropy = Arc::clone(&self.shared.options.entropy);
        self.shared.writer.local(move |connection| {
            credential::set_password(connection, &*entropy, user, &password, Cost::SIGN_IN)
        })
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

fn sealed_role_key(connection: &Connection, user: UserId) -> Result<Option<Vec<u8>>, NodeError> {
    Ok(connection
        .query_row(
            "SELECT sealed FROM n_role_key WHERE user = ?1",
            [user.0.as_bytes()],
            |row| row.get(0),
        )
        .optional()?)
}

fn array_16(bytes: &[u8; 32]) -> &[u8; 16] {
    bytes.first_chunk().expect("32 bytes begin with 16")
}
