using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace NewsBot.Fetching;

/// <summary>Refuses wrong certificates with a sentence that says what is wrong and who can mend it.</summary>
/// <param name="time">Tells whether a certificate has ended or not begun.</param>
internal sealed class CertificateCheck(TimeProvider time)
{
    /// <summary>Says what is wrong with a certificate the platform found fault with.</summary>
    /// <param name="sender">The TLS stream.</param>
    /// <param name="certificate">What the server showed.</param>
    /// <param name="errors">What the platform found.</param>
    /// <returns>An exception to be thrown out of the handshake, which is the only way to carry the words.</returns>
    public FetchRefusedException Refusal(object sender, X509Certificate? certificate, SslPolicyErrors errors)
    {
        var host = sender is SslStream stream ? stream.TargetHostName : "the site";
        using var shown = certificate is null ? null : new X509Certificate2(certificate);
        return new FetchRefusedException(Sentence(host, shown, errors));
    }

    private string Sentence(string host, X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return $"{host} showed no certificate; the owner of the site has to install one.";
        }

        var now = time.GetUtcNow();
        if (certificate.NotAfter.ToUniversalTime() < now.UtcDateTime)
        {
            return $"The certificate of {host} ended on {Day(certificate.NotAfter)}; the owner of the site has to renew it.";
        }

        if (certificate.NotBefore.ToUniversalTime() > now.UtcDateTime)
        {
            return $"The certificate of {host} begins only on {Day(certificate.NotBefore)}; either the owner of the site installed it too early or the clock of this machine is wrong.";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"The certificate shown by {host} is not valid for {host}; the owner of the site has to install the right one."
            : $"The certificate of {host} is not signed by an authority this machine trusts; the owner of the site has to get one that is, with its whole chain.";
    }

    private static string Day(DateTime local) =>
        local.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
