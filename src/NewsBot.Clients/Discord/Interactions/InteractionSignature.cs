using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NewsBot.Clients.Discord.Interactions;

/// <summary>
/// Checks that an interaction sent over HTTP comes from Discord: Ed25519 over the timestamp's text and the raw body.
/// Source: https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
/// </summary>
public sealed class InteractionSignature
{
    // Seconds since 1970 have ten digits for a long time; what is longer is not a timestamp.
    private const int LongestTimestamp = 64;

    private readonly byte[] _key;

    /// <param name="publicKey">64 hex digits, as the Developer Portal shows them; spaces around them do not matter.</param>
    /// <exception cref="FormatException">It is not a key.</exception>
    public InteractionSignature(string publicKey)
    {
        var key = Bytes(publicKey, Ed25519.PublicKeySize);
        _key =
            key is not null && Ed25519.ValidatePublicKeyFull(key, 0)
                ? key
                : throw new FormatException(
                    "The public key is not one: copy the 64 hex digits from General Information in the Developer Portal."
                );
    }

    /// <param name="signature">The header X-Signature-Ed25519: 128 hex digits; null where it was absent.</param>
    /// <param name="timestamp">The header X-Signature-Timestamp; null where it was absent.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <returns>False for anything that Discord did not sign; never throws.</returns>
    public bool IsValid(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        if (timestamp is not { Length: > 0 and <= LongestTimestamp })
        {
            return false;
        }

        if (Bytes(signature, Ed25519.SignatureSize) is not { } signed)
        {
            return false;
        }

        byte[] message = [.. Encoding.UTF8.GetBytes(timestamp), .. body];
        return Ed25519.Verify(signed, 0, _key, 0, message, 0, message.Length);
    }

    /// <summary>Whether a header has the shape of a signature at all; says nothing of whose it is.</summary>
    public static bool CanBe(string? signature) => Bytes(signature, Ed25519.SignatureSize) is not null;

    private static byte[]? Bytes(string? hex, int length)
    {
        // The bound comes first, so that junk of any size costs nothing.
        if (hex is null || hex.Length > length * 2 + 16)
        {
            return null;
        }

        var bytes = new byte[length];
        var status = Convert.FromHexString(hex.AsSpan().Trim(), bytes, out _, out var written);
        return status == System.Buffers.OperationStatus.Done && written == length ? bytes : null;
    }
}
