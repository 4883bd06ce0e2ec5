using System.Data.Common;
using NewsBot.Storage;
using Npgsql;

namespace NewsBot.Testing;

/// <summary>
/// A PostgreSQL database in which somebody else's transaction is always made first, so that each is made again: what a
/// write leaves behind outside the database must not count twice.
/// </summary>
internal sealed class TwiceWrittenDatabase(string connection, string folder, StorageHealth? health)
    : PostgresDatabase(connection, folder, TimeProvider.System, health)
{
    protected override Task<T> TransactAsync<T>(
        Func<DbConnection, Task<T>> write,
        bool isAlone,
        CancellationToken cancellationToken
    )
    {
        var isFirst = true;
        return base.TransactAsync(
            async connection =>
            {
                var result = await write(connection);
                if (isFirst)
                {
                    isFirst = false;
                    throw new PostgresException(
                        "could not serialize access",
                        "ERROR",
                        "ERROR",
                        PostgresErrorCodes.SerializationFailure
                    );
                }

                return result;
            },
            isAlone,
            cancellationToken
        );
    }
}
