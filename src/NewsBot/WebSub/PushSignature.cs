using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.WebSub;

/// <summary>Tells whether a hub signed what came. Pure. Source: https://www.w3.org/TR/websub/#signing-content</summary>
internal static class PushSignature
{
    /// <param name="header">The X-Hub-Signature header, such as "sha256=5d61…"; empty for none.</param>
    /// <param name="secret">What the hub was told.</param>
    /// <param name="body">As it came.</param>
    public static bool IsRight(string header, string secret, byte[] body)
    {
        var parts = header.Trim().Split('=', 2);
        if (parts.Length < 2 || Sign(parts[0], Encoding.UTF8.GetBytes(secret), body) is not { } right)
        {
            return false;
        }

        Span<byte> claimed = stackalloc byte[SHA512.HashSizeInBytes];
        return Convert.FromHexString(parts[1], claimed, out _, out var length) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(claimed[..length], right);
    }

    [SuppressMessage(
        "Security",
        "CA5350",
        Justification = "Hubs of old sign with nothing else; the standard names it."
    )]
    private static byte[]? Sign(string method, byte[] secret, byte[] body) =>
        method.ToLowerInvariant() switch
        {
            "sha1" => HMACSHA1.HashData(secret, body),
            "sha256" => HMACSHA256.HashData(secret, body),
            "sha384" => HMACSHA384.HashData(secret, body),
            "sha512" => HMACSHA512.HashData(secret, body),
            _ => null,
        };
}
