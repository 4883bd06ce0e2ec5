using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Web;

/// <summary>Random secrets, and the hashes that are kept of them.</summary>
internal static class Secrets
{
    // 32 random bytes cannot be guessed, so a plain hash without salt is enough.
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <returns>SHA-256 in lower-case hexadecimal.</returns>
    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares in constant time.</summary>
    public static bool AreEqual(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(a)),
            SHA256.HashData(Encoding.UTF8.GetBytes(b))
        );
}
