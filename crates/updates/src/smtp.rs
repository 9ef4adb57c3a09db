//! One connection to one mail server, used for many mails. What the server writes is never kept: only
//! its number, because its words can name somebody.

use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;

use crate::postbox::{Postbox, Security};
use crate::trouble::{Stage, Trouble};

/// How long the server may take for one answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// An open connection.
pub(crate) struct Line {
    connection: SmtpConnection,
}

impl Line {
    /// Connects, makes the connection private and signs in.
    pub fn open(postbox: &Postbox) -> Result<Self, Trouble> {
        let failed =
            |stage| move |error: lettre::transport::smtp::Error| Trouble::of(stage, &error);
        let hello = ClientId::Domain(
            postbox
                .from
                .rsplit('@')
                .next()
                .unwrap_or("localhost")
                .into(),
        );
        let tls = match postbox.security {
            Security::Plain => None,
            Security::StartTls | Security::Tls => Some(tls(postbox)?),
        };
        let at_once = tls.as_ref().filter(|_| postbox.security == Security::Tls);
        let server = (postbox.host.as_str(), postbox.port);
        let mut connection =
            SmtpConnection::connect(server, Some(ANSWER_TIME_MAX), &hello, at_once, None)
                .map_err(failed(Stage::Connecting))?;
        if let (Some(tls), Security::StartTls) = (&tls, postbox.security) {
            connection
                .starttls(tls, &hello)
                .map_err(failed(Stage::Securing))?;
        }
        if !postbox.user.is_empty() {
            let credentials = Credentials::new(postbox.user.clone(), postbox.password.clone());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .map_err(failed(Stage::SigningIn))?;
        }
        Ok(Self { connection })
    }

    /// Whether it can be used for another mail.
    pub fn is_open(&self) -> bool {
        !self.connection.has_broken()
    }

    /// Sends one mail. Each step is watched by itself: a refused recipient says something about the
    /// recipient, a refused sender about us, and the connection lives on after either.
    pub fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Result<(), Trouble> {
        let recipient = envelope.to().first().cloned();
        let recipient = recipient.ok_or(Trouble::at(Stage::Writing, None))?;
        let sender = Mail::new(envelope.from().cloned(), vec![]);
        self.step(Stage::Sender, |line| line.command(sender))?;
        self.step(Stage::Recipient, |line| {
            line.command(Rcpt::new(recipient, vec![]))
        })?;
        self.step(Stage::Content, |line| line.command(Data))?;
        self.step(Stage::Content, |line| line.message(message))
    }

    fn step<T>(
        &mut self,
        stage: Stage,
        ask: impl FnOnce(&mut SmtpConnection) -> Result<T, lettre::transport::smtp::Error>,
    ) -> Result<(), Trouble> {
        let Err(error) = ask(&mut self.connection) else {
            return Ok(());
        };
        let mut trouble = Trouble::of(stage, &error);
        match trouble.code {
            // The server closes the channel (RFC 5321, section 4.2.3), which is about no mail.
            Some(421) => {
                self.connection.abort();
                trouble.stage = Stage::Connecting;
            }
            // It said no and goes on: the mail under way is dropped, the line kept.
            Some(_) if self.connection.command(Rset).is_ok() => {}
            Some(_) => self.connection.abort(),
            None => {
                self.connection.abort();
                // It hung up between mails, not because of this one.
                if stage == Stage::Sender {
                    trouble.stage = Stage::Connecting;
                }
            }
        }
        Err(trouble)
    }

    /// Says goodbye.
    pub fn close(mut self) {
        // A server that does not answer goodbye is left all the same.
        let _ = self.connection.quit();
    }
}

fn tls(postbox: &Postbox) -> Result<TlsParameters, Trouble> {
    let failed = |_| Trouble::at(Stage::Securing, None);
    let mut builder = TlsParameters::builder(postbox.host.clone());
    if !postbox.authority_pem.is_empty() {
        let authority = Certificate::from_pem(postbox.authority_pem.as_bytes()).map_err(failed)?;
        builder = builder
            .certificate_store(CertificateStore::Default)
            .add_root_certificate(authority);
    }
    builder.build().map_err(failed)
}
