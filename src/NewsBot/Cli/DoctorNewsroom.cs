using Dapper;
using Microsoft.Extensions.Options;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Chat.Web;
using NewsBot.Core.Feeds;
using NewsBot.Storage;
using NewsBot.WebSub;

namespace NewsBot.Cli;

/// <summary>The doctor's look at people and sources.</summary>
internal static class DoctorNewsroom
{
    private const int SourcesAsked = 3;

    public static async Task<IEnumerable<Finding>> PeopleAsync(
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
                        services.GetRequiredService<IOptions<DiscordOptions>>().Value.IsOn
                                ? "On Discord everybody who may manage the server may use /news-admin; elsewhere: newsbot role NAME admin --yes"
                            : services.GetRequiredService<IOptions<SlackOptions>>().Value.IsOn
                                ? "In Slack owners and admins of the workspace are admins here; elsewhere: newsbot role NAME admin --yes"
                            : "The first to take a name in the chat on this machine becomes admin; or: newsbot role NAME admin --yes"
                    )
            );
        }

        return findings;
    }

    public static async Task<Finding> HubsAsync(
        IServiceProvider services,
        bool isWhole,
        CancellationToken cancellationToken
    )
    {
        if (services.GetRequiredService<PushAddress>() is { WhyOff: { Length: > 0 } why })
        {
            return Finding.Well($"WebSub: {why}. Feeds are polled");
        }

        var hubs = isWhole
            ? await services
                .GetRequiredService<Database>()
                .ReadAsync(
                    connection => connection.QueryAsync<string>("SELECT state FROM websub WHERE state <> 'leaving'"),
                    cancellationToken
                )
            : [];
        var states = hubs.ToList();
        return Finding.Well(
            $"WebSub: on; hubs send the news of {states.Count(state => state == "live")} of {Core.Commands.LengthOfTime.Count(states.Count, "feed")} that name one"
        );
    }

    public static async Task<IEnumerable<Finding>> NetworkAsync(
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
                              -- without its login it would only be refused
                              AND NOT EXISTS (SELECT 1 FROM feed_credential c WHERE c.feed_id = f.id)
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
}
