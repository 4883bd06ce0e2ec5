using Microsoft.Extensions.Options;
using NewsBot.Chat;
using NewsBot.Chat.Slack;
using NewsBot.Clients.Slack.WebApi;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;
using NewsBot.Web;

namespace NewsBot.Cli;

/// <summary>The doctor's look at Slack: tokens, rights, the connection, and what keeps posts out of each channel.</summary>
internal static class DoctorSlack
{
    // An app of so many workspaces is looked after by its status page.
    private const int MaxWorkspaces = 25;

    /// <param name="services">Of the whole program.</param>
    /// <param name="isWhole">Whether the database can be read.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    public static async Task<IReadOnlyList<Finding>> LookAsync(
        IServiceProvider services,
        bool isWhole,
        CancellationToken cancellationToken
    )
    {
        var options = services.GetRequiredService<IOptions<SlackOptions>>().Value;
        if (!options.IsOn)
        {
            return
            [
                Finding.Well(
                    "Slack: not connected. To connect it set Chat:Slack:BotToken and Chat:Slack:AppToken; config/slack/README.md says how, in five minutes"
                ),
            ];
        }

        var remedy = SlackRemedy.Of(options, services.GetRequiredService<IOptions<WebOptions>>().Value);
        List<Finding> findings = [await ConnectionAsync(services, options, remedy, cancellationToken)];
        foreach (var api in await ApisAsync(services, options, isWhole, cancellationToken))
        {
            var patient = new Patient(api.Api, remedy, isWhole ? services.GetRequiredService<Database>() : null);
            findings.AddRange(await WorkspaceAsync(patient, api.Name, cancellationToken));
            api.Api.Dispose();
        }

        if (remedy.InstallAt is { } install)
        {
            findings.Add(Finding.Well($"Slack: workspaces install the app at {install}"));
        }

        return findings;
    }

    private static async Task<Finding> ConnectionAsync(
        IServiceProvider services,
        SlackOptions options,
        SlackRemedy remedy,
        CancellationToken cancellationToken
    ) =>
        options.AppToken is not { Length: > 0 }
            ? Finding.Well("Slack: events and commands come by HTTP to /slack/…, signed with Chat:Slack:SigningSecret")
        : await services.GetRequiredService<SlackSockets>().IsRefusedAsync(cancellationToken)
            ? Finding.Wrong("Slack: no connection is opened for the app", remedy.SocketMode)
        : Finding.Well("Slack: events and commands come over a connection (Socket Mode)");

    // What is installed is read as it is kept: the program may run beside us, and its tokens must not be renewed twice.
    private static async Task<IReadOnlyList<(string Name, SlackWebApi Api)>> ApisAsync(
        IServiceProvider services,
        SlackOptions options,
        bool isWhole,
        CancellationToken cancellationToken
    )
    {
        List<(string Name, string Token)> tokens = [];
        if (options.BotToken is { Length: > 0 } token)
        {
            tokens.Add(("the settings", token));
        }

        if (isWhole)
        {
            try
            {
                var stored = await services.GetRequiredService<SlackInstallStore>().LoadAsync(cancellationToken);
                tokens.AddRange(stored.Select(install => (install.Name, install.Token)));
            }
            catch (Microsoft.Data.Sqlite.SqliteException)
            {
                // The database was last used by a version that knew no Slack; the next start brings it up to date.
            }
        }

        var clients = services.GetRequiredService<IHttpClientFactory>();
        var agent = SlackRegistration.UserAgent(services.GetRequiredService<IOptions<WebOptions>>().Value);
        return
        [
            .. tokens
                .Take(MaxWorkspaces)
                .Select(one =>
                    (
                        one.Name,
                        new SlackWebApi(
                            new SlackWebApiOptions(one.Token, agent) { BaseUrl = options.Api },
                            clients.CreateClient(SlackRegistration.HttpClientName),
                            services.GetRequiredService<TimeProvider>()
                        )
                    )
                ),
        ];
    }

    private static async Task<IReadOnlyList<Finding>> WorkspaceAsync(
        Patient patient,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var self = await patient.Api.TestAuthAsync(cancellationToken);
            var (tracked, namesRefused) = await KnownAsync(patient.Database, self.TeamId ?? "", cancellationToken);
            var problems = SlackProblems.Of(
                new SlackSight(self.Scopes, await ChannelsAsync(patient.Api, tracked, cancellationToken))
                {
                    NamesRefused = namesRefused,
                },
                tracked,
                patient.Remedy
            );
            var team = self.Team ?? self.TeamId;
            return
            [
                Finding.Well($"Slack: the token of {team} is good; the bot is {self.User}"),
                .. problems.Count == 0
                    ?
                    [
                        Finding.Well(
                            $"Slack: {team}, {LengthOfTime.Count(tracked.Count, "channel")} in use, nothing missing"
                        ),
                    ]
                    : problems.Select(problem => Finding.Wrong($"Slack: {team}", MarkdownPlain.Render(problem.Words))),
            ];
        }
        catch (SlackException error) when (error.IsInstallDead)
        {
            return
            [
                Finding.Wrong($"Slack: the token of {name} is not accepted ({error.Code})", patient.Remedy.NewToken),
            ];
        }
        catch (SlackException error)
        {
            return
            [
                Finding.Note(
                    $"Slack: it does not answer for {name}. {error.Message}",
                    "Check this machine's network, DNS and firewall, and Chat:Slack:ApiBaseUrl; https://slack-status.com says whether others have the same trouble. NewsBot connects by itself once it answers."
                ),
            ];
        }
    }

    private static async Task<IReadOnlyDictionary<string, SlackChannelSight>> ChannelsAsync(
        SlackWebApi api,
        IReadOnlyList<ChatTracked> tracked,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, SlackChannelSight> seen = new(StringComparer.Ordinal);
        foreach (var channel in tracked)
        {
            if (await ChannelAsync(api, channel.External, cancellationToken) is { } sight)
            {
                seen[channel.External] = sight;
            }
        }

        return seen;
    }

    private static async Task<SlackChannelSight?> ChannelAsync(
        SlackWebApi api,
        string channel,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await api.GetConversationAsync(channel, cancellationToken);
            // A public one is entered by itself before the first post.
            return new SlackChannelSight(found.IsPrivate ? found : found with { IsMember = true });
        }
        catch (SlackException error) when (error.Code == "channel_not_found")
        {
            return new SlackChannelSight(null);
        }
        catch (SlackException error) when (error.IsMissingScope)
        {
            return null;
        }
    }

    /// <returns>The channels in use, and why copies cannot stand under their authors' names.</returns>
    private static async Task<(IReadOnlyList<ChatTracked> Tracked, string? NamesRefused)> KnownAsync(
        Database? database,
        string team,
        CancellationToken cancellationToken
    )
    {
        if (database is null)
        {
            return ([], null);
        }

        try
        {
            return await database.ReadAsync<(IReadOnlyList<ChatTracked>, string?)>(
                async connection =>
                    await ChatPlaces.Slack.FindAsync(connection, team) is { } workspace
                        ? (
                            await ChatTroubles.TrackedAsync(connection, workspace.Id),
                            await SlackGuises.RefusalAsync(connection, team)
                        )
                        : ([], null),
                cancellationToken
            );
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The database was last used by an older version; the next start brings it up to date.
            return ([], null);
        }
    }

    /// <param name="Api">Asks, with a workspace's token.</param>
    /// <param name="Remedy">Where the app is mended.</param>
    /// <param name="Database">Null where it cannot be read.</param>
    private sealed record Patient(SlackWebApi Api, SlackRemedy Remedy, Database? Database);
}
