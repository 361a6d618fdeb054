package dev.mortise.server.channel;

import dev.mortise.api.egress.Pins;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// Mail over SMTP, with STARTTLS or TLS as the channel says; a server that does not offer the
/// STARTTLS asked for is refused, never spoken to in clear.
final class Mail {
    private static final String MILLIS = "10000";

    Answer send(Filled settings, Text text, Instant now) {
        String security = settings.text("security", "starttls");
        String host = settings.text("host");
        try {
            Pins.check(host, settings.reach());
            Session session = Session.getInstance(properties(security, host));
            MimeMessage mail = mail(session, settings, text, now);
            String scheme = security.equals("tls") ? "smtps" : "smtp";
            try (Transport transport = session.getTransport(scheme)) {
                transport.connect(
                        host, port(settings, security), user(settings), password(settings));
                transport.sendMessage(mail, mail.getAllRecipients());
                return transport instanceof SMTPTransport smtp
                        ? Answer.ok(smtp.getLastReturnCode(), smtp.getLastServerResponse().strip())
                        : Answer.ok(250, "");
            }
        } catch (AuthenticationFailedException e) {
            return Answer.refused(535, line(e));
        } catch (UnknownHostException _) {
            return Answer.later(0, "no host '" + host + "' is known");
        } catch (org.eclipse.angus.mail.smtp.SMTPSendFailedException e) {
            return new Answer(false, e.getReturnCode(), line(e), e.getReturnCode() / 100 == 4);
        } catch (MessagingException e) {
            return Answer.later(0, line(e));
        }
    }

    private static Properties properties(String security, String host) {
        Properties properties = new Properties();
        for (String scheme : new String[] {"smtp", "smtps"}) {
            String prefix = "mail." + scheme + ".";
            properties.setProperty(prefix + "connectiontimeout", MILLIS);
            properties.setProperty(prefix + "timeout", MILLIS);
            properties.setProperty(prefix + "writetimeout", MILLIS);
            properties.setProperty(prefix + "ssl.checkserveridentity", "true");
            properties.setProperty(prefix + "localhost", "mortise");
        }
        if (security.equals("starttls")) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
        }
        properties.setProperty("mail.host", host);
        return properties;
    }

    private static int port(Filled settings, String security) {
        String fallback =
                switch (security) {
                    case "tls" -> "465";
                    case "none" -> "25";
                    default -> "587";
                };
        return Integer.parseInt(settings.text("port", fallback));
    }

    private static @org.jspecify.annotations.Nullable String user(Filled settings) {
        String user = settings.text("username");
        return user.isEmpty() ? null : user;
    }

    private static @org.jspecify.annotations.Nullable String password(Filled settings) {
        return user(settings) == null ? null : settings.text("password");
    }

    private static MimeMessage mail(Session session, Filled settings, Text text, Instant now)
            throws MessagingException {
        MimeMessage mail = new MimeMessage(session);
        mail.setFrom(new InternetAddress(settings.text("from"), true));
        for (String to : settings.list("to")) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(to, true));
        }
        String subject = text.title().replaceAll("[\\r\\n]+", " ");
        mail.setSubject(subject, StandardCharsets.UTF_8.name());
        mail.setText(text.plain(), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(now));
        mail.setHeader("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static String line(MessagingException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("").strip();
    }
}
