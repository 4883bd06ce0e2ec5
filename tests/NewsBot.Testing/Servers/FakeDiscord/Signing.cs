using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace NewsBot.Testing.Servers.FakeDiscord;

/// <summary>Signs interactions as Discord does: Ed25519 over the timestamp and the raw body.</summary>
internal static class Signing
{
    /// <summary>The public half of a key, as hex.</summary>
    /// <param name="seed">The private half, as hex.</param>
    public static string PublicKey(string seed) => Convert.ToHexStringLower(Key(seed).GeneratePublicKey().GetEncoded());

    /// <summary>A signature as hex.</summary>
    public static string Sign(string seed, string timestamp, ReadOnlySpan<byte> body)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, Key(seed));
        var head = Encoding.UTF8.GetBytes(timestamp);
        signer.BlockUpdate(head, 0, head.Length);
        signer.BlockUpdate(body);
        return Convert.ToHexStringLower(signer.GenerateSignature());
    }

    private static Ed25519PrivateKeyParameters Key(string seed) => new(Convert.FromHexString(seed));
}
