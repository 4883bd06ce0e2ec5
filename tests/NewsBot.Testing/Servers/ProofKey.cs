using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NewsBot.Testing.Servers;

/// <summary>Checks a proof key for a code exchange. Source: https://www.rfc-editor.org/rfc/rfc7636</summary>
internal static class ProofKey
{
    /// <param name="challenge">The hash that came with the question; null for none.</param>
    /// <param name="verifier">What comes with the code.</param>
    public static bool Fits(string? challenge, string? verifier) =>
        challenge is null
        || (
            verifier is not null
            && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == challenge
        );
}
