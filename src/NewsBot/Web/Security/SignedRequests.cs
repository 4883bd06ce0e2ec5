using System.Security.Cryptography;
using System.Text;
using Dapper;
using NewsBot.Storage;

namespace NewsBot.Web.Security;

/// <summary>
/// Knows every signed request that was taken, in whichever process and over every start: a signature is good for some
/// minutes, in which somebody who kept a copy could send it again.
/// </summary>
internal sealed class SignedRequests(Database database, TimeProvider time)
{
    /// <summary>For longer than any signature is good, however clocks differ.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private const string Keep = """
        INSERT INTO signed_request (hash, at) VALUES (@Hash, @Now) ON CONFLICT (hash) DO NOTHING
        """;

    /// <summary>Takes a request whose signature is right.</summary>
    /// <param name="signature">As it came; no two requests have the same.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>False where it was taken before.</returns>
    public Task<bool> TakeAsync(string signature, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            // Of a hexadecimal number, whose letters may be written in two ways.
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signature.ToUpperInvariant()))),
            Now = time.GetUtcNow().Ms(),
        };
        return database.WriteBesideAsync(
            async connection => await connection.ExecuteAsync(Keep, parameters) > 0,
            cancellationToken
        );
    }
}
