using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Web;
using NewsBot.Core.Feeds;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Cli;

/// <summary>Looks at everything a newsroom needs and says in words what to fix.</summary>
internal static class Doctor
{
    // Below the first the next day may fail, below the second the next hour.
    private const long LittleSpace = 1_000_000_000;
    private const long NoSpace = 100_000_000;

    private const int SourcesAsked = 3;

    private static readonly DateTimeOffset Earliest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>0 where nothing must be fixed, else 1.</returns>
    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var findings = await Output.WhileAsync("Looking …", say => LookAsync(settings, say, cancellationToken));
        foreach (var finding in findings)
        {
            Output.Line($"{finding.Mark} {finding.What}");
            if (finding.Remedy is { } remedy)
            {
                Output.Line($"    {remedy}");
            }
        }

        var wrong = findings.Count(finding => finding.MustBeFixed);
        Output.Line(
            wrong == 0
                ? "Nothing has to be fixed."
                : $"{Core.Commands.LengthOfTime.Count(wrong, "thing")} must be fixed."
        );
        return wrong == 0 ? CommandLineDoor.Done : CommandLineDoor.Failed;
    }

    private static async Task<IReadOnlyList<Finding>> LookAsync(
        string[] settings,
        Action<string> say,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var app = NewsBotHost.Build(settings);
            var findings = new List<Finding>(Settings(app.Services));
            if (findings.Exists(finding => finding.MustBeFixed))
            {
                return findings;
            }

            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var file = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DatabaseFile;
            findings.AddRange(Folder(Path.GetDirectoryName(file)!));
            say("Reading the whole database …");
            var problems = File.Exists(file) ? await DatabaseFile.CheckAsync(file, cancellationToken) : null;
            findings.AddRange(Database(file, problems));
            findings.Add(await ClockAsync(app.Services, problems is [], now, cancellationToken));
            findings.Add(Listener(app.Services.GetRequiredService<IOptions<WebOptions>>().Value));
            findings.AddRange(await PeopleAsync(app.Services, problems is [], cancellationToken));
            say("Asking a few sources …");
            findings.AddRange(await NetworkAsync(app.Services, problems is [], cancellationToken));
            return findings;
        }
        catch (Exception error) when (OneShot.Explain(error) is { } sentence)
        {
            return [Finding.Wrong("The check could not go on", sentence)];
        }
    }

    private static IEnumerable<Finding> Settings(IServiceProvider services)
    {
        var failures = new List<string>();
        foreach (var check in services.GetServices<IStartupValidator>())
        {
            try
            {
                check.Validate();
            }
            catch (OptionsValidationException error)
            {
                failures.AddRange(error.Failures);
            }
            catch (AggregateException error)
                when (error.InnerExceptions.All(inner => inner is OptionsValidationException))
            {
                failures.AddRange(
                    error.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)
                );
            }
            catch (InvalidOperationException error)
            {
                // A key that no section knows.
                failures.Add(error.Message);
            }
        }

        return failures.Count == 0
            ? [Finding.Well("Settings: all can be used")]
            : failures.Select(failure => Finding.Wrong("Settings", failure));
    }

    private static IEnumerable<Finding> Folder(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } above)
        {
            existing = above;
        }

        var isWritable = true;
        var probe = Path.Combine(existing, $".newsbot-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            isWritable = false;
        }

        yield return isWritable
            ? Finding.Well($"Folder: {folder} can be written")
            : Finding.Wrong(
                $"Folder: {existing} cannot be written",
                "Give this user the right to write there, or name another folder with --data."
            );
        var free = new DriveInfo(existing).AvailableFreeSpace;
        var words = string.Create(CultureInfo.InvariantCulture, $"Disk: {free / 1e9:N1} GB free");
        yield return free switch
        {
            < NoSpace => Finding.Wrong(words, "Make room before the database can no longer be written."),
            < LittleSpace => Finding.Note(words, "Make room soon."),
            _ => Finding.Well(words),
        };
    }

    private static IEnumerable<Finding> Database(string file, IReadOnlyList<string>? problems) =>
        problems switch
        {
            null => [Finding.Well($"Database: none yet; the first start makes {file}")],
            [] =>
            [
                Finding.Well(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Database: whole, {new FileInfo(file).Length / 1_048_576.0:N1} MB, schema known"
                    )
                ),
            ],
            _ => problems.Select(problem => Finding.Wrong("Database", problem)),
        };

    private static async Task<Finding> ClockAsync(
        IServiceProvider services,
        bool isWhole,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string Remedy = "Set the clock, best by NTP: schedules, ages and order depend on it.";
        var words = string.Create(CultureInfo.InvariantCulture, $"Clock: {now:yyyy-MM-dd HH:mm:ss} UTC");
        var newest = isWhole
            ? await services
                .GetRequiredService<Database>()
                .ReadAsync(
                    connection => connection.ExecuteScalarAsync<long?>("SELECT MAX(seen_at) FROM entry"),
                    cancellationToken
                )
            : null;
        return now < Earliest ? Finding.Wrong(words + ", which is long ago", Remedy)
            : newest is { } at && Instants.At(at) > now.AddMinutes(5)
                ? Finding.Wrong(
                    $"{words}, but something was taken in at {Instants.At(at):yyyy-MM-dd HH:mm:ss}, which is later",
                    Remedy
                )
            : Finding.Well(words);
    }

    private static Finding Listener(WebOptions web)
    {
        var url = new Uri(web.Url);
        try
        {
            using var listener = new TcpListener(url.IsLoopback ? IPAddress.Loopback : IPAddress.Any, url.Port);
            listener.Start();
            return Finding.Well($"Web: {web.Url} is free to listen on");
        }
        catch (SocketException error)
        {
            return Finding.Note(
                $"Web: something listens on {web.Url} already ({error.SocketErrorCode})",
                "That is right if NewsBot runs. Else stop the other program, or choose another address with --Web:Url=http://127.0.0.1:5081"
            );
        }
    }

    private static async Task<IEnumerable<Finding>> PeopleAsync(
        IServiceProvider services,
        bool isWhole,
        CancellationToken cancellationToken
    )
    {
        var chat = services.GetRequiredService<IOptions<WebChatOptions>>().Value;
        var findings = chat
            .ApiTokens.Where(token => token.Token.Length < 16 || token.Name.Length == 0)
            .Select(token =>
                Finding.Wrong(
                    $"Tokens: one of Chat:Web:ApiTokens ({(token.Name.Length == 0 ? "without a name" : token.Name)}) cannot be used",
                    "A token has at least 16 characters and the name of the member it writes as."
                )
            )
            .ToList();
        if (findings.Count == 0)
        {
            findings.Add(
                Finding.Well(
                    $"Tokens: {Core.Commands.LengthOfTime.Count(chat.ApiTokens.Count, "token")} in the settings"
                )
            );
        }

        if (isWhole)
        {
            var admins = await services
                .GetRequiredService<Database>()
                .ReadAsync(
                    connection =>
                        connection.ExecuteScalarAsync<long>(
                            "SELECT COUNT(*) FROM member WHERE role = 'admin' AND erased_at IS NULL"
                        ),
                    cancellationToken
                );
            findings.Add(
                admins > 0
                    ? Finding.Well($"Permissions: {Core.Commands.LengthOfTime.Count(admins, "admin")}")
                    : Finding.Note(
                        "Permissions: nobody is admin yet",
                        "The first to take a name in the chat on this machine becomes admin; or: newsbot role NAME admin --yes"
                    )
            );
        }

        return findings;
    }

    private static async Task<IEnumerable<Finding>> NetworkAsync(
        IServiceProvider services,
        bool isWhole,
        CancellationToken cancellationToken
    )
    {
        if (!isWhole)
        {
            return [];
        }

        var urls = (
            await services
                .GetRequiredService<Database>()
                .ReadAsync(
                    connection =>
                        connection.QueryAsync<string>(
                            """
                            SELECT f.url FROM feed f
                            WHERE EXISTS (SELECT 1 FROM source s WHERE s.feed_id = f.id AND s.paused_at IS NULL)
                              AND f.url NOT LIKE COALESCE((SELECT value FROM setting WHERE name = 'sample_origin'), '-') || '%'
                            ORDER BY f.id LIMIT @SourcesAsked
                            """,
                            new { SourcesAsked }
                        ),
                    cancellationToken
                )
        ).AsList();
        var fetcher = services.GetRequiredService<IFetcher>();
        var findings = await Task.WhenAll(urls.Select(url => AskAsync(fetcher, new Uri(url), cancellationToken)));
        return findings;
    }

    private static async Task<Finding> AskAsync(IFetcher fetcher, Uri url, CancellationToken cancellationToken) =>
        await fetcher.FetchAsync(FetchRequest.First(url), cancellationToken) switch
        {
            FetchOutcome.Fetched or FetchOutcome.NotModified => Finding.Well($"Network: {url.Host} answers"),
            FetchOutcome.Throttled => Finding.Well($"Network: {url.Host} answers and asks for a pause"),
            FetchOutcome.Gone => Finding.Note(
                $"Network: {url.Host} says {url.AbsolutePath} is gone",
                "Remove the source: newsbot remove, or find its new address."
            ),
            FetchOutcome.Failed failed => Finding.Note(
                $"Network: {url.Host} cannot be read. {failed.Reason}",
                "It is tried again by itself. If no source can be reached, check this machine's network, DNS and firewall."
            ),
            _ => Finding.Note($"Network: {url.Host} gave no answer", null),
        };

    /// <summary>One line of the check.</summary>
    /// <param name="Mark">✔, ✖ or !.</param>
    /// <param name="What">What was looked at and how it is.</param>
    /// <param name="Remedy">What to do; null for nothing.</param>
    /// <param name="MustBeFixed">True where NewsBot cannot do its work.</param>
    private sealed record Finding(string Mark, string What, string? Remedy, bool MustBeFixed)
    {
        public static Finding Well(string what) => new("✔", what, null, MustBeFixed: false);

        public static Finding Wrong(string what, string remedy) => new("✖", what, remedy, MustBeFixed: true);

        public static Finding Note(string what, string? remedy) => new("!", what, remedy, MustBeFixed: false);
    }
}
