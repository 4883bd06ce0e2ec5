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

    /// <summary>A certificate of an unknown issuer that names an address to get the issuer from.</summary>
    /// <param name="name">The host name it is for.</param>
    /// <param name="issuerAddress">Where a careless client goes.</param>
    /// <param name="now">It is valid around this time.</param>
    public static X509Certificate2 Issued(string name, Uri issuerAddress, DateTimeOffset now)
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerRequest = new CertificateRequest("CN=Nobody's Authority", issuerKey, HashAlgorithmName.SHA256);
        issuerRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = issuerRequest.CreateSelfSigned(now.AddDays(-2), now.AddDays(60));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerAddress.AbsoluteUri]));
        using var bare = request.Create(issuer, now.AddDays(-1), now.AddDays(30), [1, 2, 3, 4]);
        return bare.CopyWithPrivateKey(key);
    }
}
