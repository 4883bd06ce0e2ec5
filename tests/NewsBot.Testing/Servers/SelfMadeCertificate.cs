using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NewsBot.Testing.Servers;

/// <summary>Makes certificates nobody trusts.</summary>
internal static class SelfMadeCertificate
{
    /// <summary>A certificate signed by itself.</summary>
    /// <param name="name">The host name it is for; loopback is added where it is "localhost".</param>
    /// <param name="notBefore">When it begins.</param>
    /// <param name="notAfter">When it ends.</param>
    public static X509Certificate2 Create(string name, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(notBefore, notAfter);
    }
}
