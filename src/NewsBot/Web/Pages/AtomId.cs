using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Web.Pages;

/// <summary>Ids that stay when the server's address changes.</summary>
internal static class AtomId
{
    public static string Of(string seed, string kind, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"newsbot {seed} {kind} {key}"));
        // Version 8, a UUID made by a rule of our own. Source: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(hash.AsSpan(0, 16), bigEndian: true)}";
    }
}
