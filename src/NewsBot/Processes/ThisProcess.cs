using System.Globalization;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Core.Posts;
using NewsBot.Storage;

namespace NewsBot.Processes;

/// <summary>
/// This process among those that share a PostgreSQL database. It says regularly that it lives. One that was not heard of for
/// too long is declared dead by another, which deletes its row and with it all that it held; from then on the dead one can
/// write nothing, whatever it still believes, and has to start anew. A process that has its database to itself is never dead.
/// </summary>
internal sealed class ThisProcess(Database database, IOptions<ProcessOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(1);

    private const string DatabaseTime = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    private const string Begin = $"""
        INSERT INTO process (name, roles, version, settings, started_at, ends_at)
        VALUES (@Name, @Roles, @Version, @Settings, {DatabaseTime}, {DatabaseTime} + @Lease) RETURNING id, started_at
        """;

    private const string Others = "SELECT name, settings FROM process WHERE id <> @Id AND version = @Version";

    // Beside the turns of writers: nobody is dead because another one writes for long.
    private const string Renew = $"""
        UPDATE process SET ends_at = {DatabaseTime} + @Lease WHERE id = @Id RETURNING {DatabaseTime}
        """;

    private const string AnyDead = $"SELECT 1 FROM process WHERE ends_at < {DatabaseTime} LIMIT 1";

    private const string Bury = $"DELETE FROM process WHERE ends_at < {DatabaseTime} AND id <> @Id RETURNING name";

    private const string End = "DELETE FROM process WHERE id = @Id";

    private const string IsHeld = "SELECT 1 FROM lease WHERE name = @Name AND process_id <> @Id";

    private const string Take = $"""
        INSERT INTO lease (name, process_id, taken_at) VALUES (@Name, @Id, {DatabaseTime})
        ON CONFLICT (name) DO UPDATE SET taken_at = lease.taken_at WHERE lease.process_id = @Id
        """;

    private const string LetGo = "DELETE FROM lease WHERE name = @Name AND process_id = @Id";

    // A timestamp; 0 for never.
    private long _heardAt;

    /// <summary>Whether other processes may share the database.</summary>
    public bool IsShared => database is PostgresDatabase;

    /// <summary>Whether it was declared dead.</summary>
    public bool IsDead { get; private set; }

    /// <summary>After how long another process may take over.</summary>
    public TimeSpan Lease => options.Value.Lease;

    /// <summary>
    /// Whether it may begin something that others see: nobody can have declared it dead, nor will before what is begun now
    /// has ended.
    /// </summary>
    public bool MayAct => !IsShared || SinceHeard < Lease - OutgoingPost.LongestUnderWay;

    /// <summary>Whether nobody can have declared it dead.</summary>
    public bool IsHeard => !IsShared || SinceHeard < Lease;

    private TimeSpan SinceHeard =>
        Volatile.Read(ref _heardAt) is not 0 and var at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;

    private static string Name =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    /// <summary>Makes it known to the others.</summary>
    /// <param name="settings">What it was told, as <see cref="SharedSettings"/> writes it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task BeginAsync(string settings, CancellationToken cancellationToken)
    {
        if (!IsShared)
        {
            return;
        }

        var parameters = new
        {
            Name,
            Roles = string.Join(',', Role.All.Where(options.Value.Has)),
            Version = Settings.ThisVersion,
            Settings = settings,
            Lease = (long)Lease.TotalMilliseconds,
        };
        var asked = time.GetTimestamp();
        var (id, now) = await database.WriteAsync(
            connection => connection.QuerySingleAsync<(long, long)>(Begin, parameters),
            cancellationToken
        );
        database.Process = id;
        Hear(asked, now);
    }

    /// <summary>Others of this version that were told other settings.</summary>
    /// <param name="settings">What this one was told.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Their names, each with the keys that differ.</returns>
    public async Task<IReadOnlyList<(string Name, IReadOnlyList<string> Keys)>> DifferencesAsync(
        string settings,
        CancellationToken cancellationToken
    )
    {
        if (!IsShared)
        {
            return [];
        }

        var others = await database.ReadAsync(
            connection =>
                connection.QueryAsync<(string Name, string? Settings)>(
                    Others,
                    new { Id = database.Process, Version = Settings.ThisVersion }
                ),
            cancellationToken
        );
        return
        [
            .. others
                .Where(other => other.Settings is not null)
                .Select(other => (other.Name, Keys: SharedSettings.Differences(settings, other.Settings!)))
                .Where(other => other.Keys.Count > 0),
        ];
    }

    /// <summary>Says that it lives.</summary>
    /// <returns>False where it was declared dead.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var now = await database.ReadAsync(
            connection =>
                connection.ExecuteScalarAsync<long?>(
                    Renew,
                    new { Id = database.Process, Lease = (long)Lease.TotalMilliseconds }
                ),
            cancellationToken
        );
        IsDead = now is null;
        if (now is { } heard)
        {
            Hear(asked, heard);
        }

        return !IsDead;
    }

    /// <summary>
    /// Declares those dead that were not heard of. Only for one that was itself heard of all the while: after an outage of the
    /// database all look dead.
    /// </summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> BuryAsync(CancellationToken cancellationToken)
    {
        var any = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(AnyDead),
            cancellationToken
        );
        return any is null
            ? []
            :
            [
                .. await database.WriteAsync(
                    connection => connection.QueryAsync<string>(Bury, new { Id = database.Process }),
                    cancellationToken
                ),
            ];
    }

    /// <summary>Leaves: what it held is free at once.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (database.Process is { } id && !IsDead)
        {
            await database.WriteAsync(connection => connection.ExecuteAsync(End, new { Id = id }), cancellationToken);
            database.Process = null;
        }
    }

    /// <summary>Takes a lease, unless another process has it.</summary>
    public async Task<bool> TakeAsync(string lease, CancellationToken cancellationToken)
    {
        if (!IsShared)
        {
            return true;
        }

        var parameters = new { Name = lease, Id = database.Process };
        var isHeld = await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long?>(IsHeld, parameters),
            cancellationToken
        );
        return isHeld is null
            && await database.WriteAsync(
                async connection => await connection.ExecuteAsync(Take, parameters) > 0,
                cancellationToken
            );
    }

    /// <summary>Gives a lease back.</summary>
    public Task LetGoAsync(string lease, CancellationToken cancellationToken) =>
        IsShared && !IsDead
            ? database.WriteAsync(
                connection => (Task)connection.ExecuteAsync(LetGo, new { Name = lease, Id = database.Process }),
                cancellationToken
            )
            : Task.CompletedTask;

    private void Hear(long asked, long databaseNow)
    {
        // Counted from before it was asked: the database counts from after.
        Volatile.Write(ref _heardAt, asked);
        // An answer that was long on its way says little of when it was given.
        if (time is SharedClock clock && time.GetElapsedTime(asked) is var asking && asking < LongestAnswer)
        {
            clock.Set(
                DateTimeOffset.FromUnixTimeMilliseconds(databaseNow),
                TimeProvider.System.GetUtcNow() - (asking / 2)
            );
        }
    }
}
