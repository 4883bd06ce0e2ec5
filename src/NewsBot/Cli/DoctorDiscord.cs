using System.Net;
using Microsoft.Extensions.Options;
using NewsBot.Chat;
using NewsBot.Chat.Discord;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Cli;

/// <summary>The doctor's look at Discord: token, intent, key, commands, and what each guild lets the bot do.</summary>
internal static class DoctorDiscord
{
    // What every guild sees once the commands were registered.
    private static readonly string[] Commands = ["news", "news-admin", "news-mod"];

    // A bot of so many guilds is looked after by its status page.
    private const int MaxGuilds = 25;

    /// <param name="services">Of the whole program.</param>
    /// <param name="isWhole">Whether the database can be read.</param>
    /// <param name="cancellationToken">Stops between two calls.</param>
    public static async Task<IReadOnlyList<Finding>> LookAsync(
        IServiceProvider services,
        bool isWhole,
        CancellationToken cancellationToken
    )
    {
        if (!services.GetRequiredService<IOptions<DiscordOptions>>().Value.IsOn)
        {
            return
            [
                Finding.Well(
                    "Discord: not connected. To connect it set Chat:Discord:BotToken; config/discord/README.md says how, in five minutes"
                ),
            ];
        }

        var rest = services.GetRequiredService<DiscordRest>();
        try
        {
            var application = await rest.GetApplicationAsync(cancellationToken);
            var user = await rest.GetCurrentUserAsync(cancellationToken);
            List<Finding> findings =
            [
                Finding.Well($"Discord: the token is good; it is {user.Username}’s, application {application.Id}"),
                Intent(application),
                .. Interactions(services.GetRequiredService<IOptions<DiscordOptions>>().Value, application),
                await CommandsAsync(rest, application, cancellationToken),
            ];
            findings.AddRange(
                await GuildsAsync(
                    new Patient(rest, user.Id, isWhole ? services.GetRequiredService<Database>() : null),
                    services.GetRequiredService<TimeProvider>().GetUtcNow(),
                    cancellationToken
                )
            );
            findings.Add(
                Finding.Well($"Discord: invite it with {DiscordPermissions.InviteLink(application.Id).AbsoluteUri}")
            );
            return findings;
        }
        catch (DiscordException error)
        {
            return [Failure(error)];
        }
    }

    private static Finding Failure(DiscordException error) =>
        error.Status switch
        {
            HttpStatusCode.Unauthorized => Finding.Wrong(
                "Discord: the token is not accepted",
                MarkdownPlain.Render(DiscordProblems.TokenWords)
            ),
            null => Finding.Note(
                $"Discord: it does not answer. {error.Message}",
                "Check this machine's network, DNS and firewall, and Chat:Discord:ApiBaseUrl. NewsBot connects by itself once it answers."
            ),
            var status => Finding.Note(
                $"Discord: it answers {(int)status} (code {error.Code}). {error.Message}",
                "It is tried again by itself; https://discordstatus.com says whether others have the same trouble."
            ),
        };

    private static Finding Intent(Application application) =>
        application.HasMessageContent
            ? Finding.Well("Discord: Message Content Intent is on")
            : Finding.Wrong(
                "Discord: Message Content Intent is off, so replies arrive without their text",
                "In Discord's developer portal open your application → Bot → Privileged Gateway Intents, turn on Message Content Intent, save, and start NewsBot again."
            );

    private static IEnumerable<Finding> Interactions(DiscordOptions options, Application application)
    {
        var isForUs = string.Equals(options.PublicKey, application.VerifyKey, StringComparison.OrdinalIgnoreCase);
        yield return (options.PublicKey, application.InteractionsEndpointUrl) switch
        {
            (null, null) => Finding.Well("Discord: commands come over the gateway"),
            (null, { } url) => Finding.Wrong(
                $"Discord: commands are sent to {url}, and NewsBot takes none there",
                "Set Chat:Discord:PublicKey to the application's public key, or clear General Information → Interactions Endpoint URL in the developer portal."
            ),
            _ when !isForUs => Finding.Wrong(
                "Discord: Chat:Discord:PublicKey is not this application's key",
                "Copy the public key again from General Information in the developer portal."
            ),
            (_, null) => Finding.Note(
                "Discord: Chat:Discord:PublicKey is set, but commands come over the gateway",
                "Set General Information → Interactions Endpoint URL in the developer portal to your Web:PublicUrl with /discord/interactions behind it, or leave the key out."
            ),
            (_, { } url) => Finding.Well($"Discord: commands come by HTTP to {url}, and the key is right"),
        };
    }

    private static async Task<Finding> CommandsAsync(
        DiscordRest rest,
        Application application,
        CancellationToken cancellationToken
    )
    {
        var registered = await rest.GetCommandsAsync(application.Id, cancellationToken);
        var missing = Commands.Where(name => registered.All(command => command.Name != name)).ToList();
        return missing.Count == 0
            ? Finding.Well("Discord: the commands are registered")
            : Finding.Note(
                $"Discord: not registered yet: {string.Join(", ", missing.Select(name => "/" + name))}",
                "NewsBot registers them when it starts; start it once with this token."
            );
    }

    private static async Task<IReadOnlyList<Finding>> GuildsAsync(
        Patient patient,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var guilds = await patient.Rest.GetCurrentGuildsAsync(cancellationToken);
        if (guilds.Count == 0)
        {
            return
            [
                Finding.Note("Discord: it is in no server yet", "Open the invite link below and choose your server."),
            ];
        }

        List<Finding> findings = [];
        foreach (var guild in guilds.Take(MaxGuilds))
        {
            findings.AddRange(await GuildAsync(patient, guild.Id, now, cancellationToken));
        }

        return findings;
    }

    private static async Task<IEnumerable<Finding>> GuildAsync(
        Patient patient,
        Snowflake id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var guild = await patient.Rest.GetGuildAsync(id, cancellationToken);
            var tracked = await TrackedAsync(patient.Database, id, cancellationToken);
            var problems = DiscordProblems.Of(
                // The intent is told once for all guilds.
                null,
                guild,
                await patient.Rest.GetGuildMemberAsync(id, patient.User, cancellationToken),
                patient.User,
                await patient.Rest.GetGuildChannelsAsync(id, cancellationToken),
                tracked,
                now
            );
            var used = LengthOfTime.Count(tracked.Count, "channel");
            return problems.Count == 0
                ? [Finding.Well($"Discord: {guild.Name}, {used} in use, nothing missing")]
                : problems.Select(problem =>
                    Finding.Wrong($"Discord: {guild.Name}", MarkdownPlain.Render(problem.Words))
                );
        }
        catch (DiscordException error) when (error.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return [Finding.Note($"Discord: server {id} cannot be looked at (code {error.Code})", null)];
        }
    }

    private static async Task<IReadOnlyList<ChatTracked>> TrackedAsync(
        Database? database,
        Snowflake guild,
        CancellationToken cancellationToken
    )
    {
        if (database is null)
        {
            return [];
        }

        try
        {
            return await database.ReadAsync<IReadOnlyList<ChatTracked>>(
                async connection =>
                    await ChatPlaces.Discord.FindAsync(connection, guild.ToString()) is { } workspace
                        ? await ChatTroubles.TrackedAsync(connection, workspace.Id)
                        : [],
                cancellationToken
            );
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The database was last used by a version that knew no Discord; the next start brings it up to date.
            return [];
        }
    }

    /// <param name="Rest">Asks.</param>
    /// <param name="User">The bot's account.</param>
    /// <param name="Database">Null where it cannot be read.</param>
    private sealed record Patient(DiscordRest Rest, Snowflake User, Database? Database);
}
