using System.Data.Common;
using System.Net;
using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Channels;
using NewsBot.Storage;

namespace NewsBot.Chat.Discord;

/// <summary>
/// Looks whether a guild lets the bot do its work. What is wrong is told once to its admins; a channel that cannot be
/// posted to is parked, and its posts go out once it is mended.
/// </summary>
internal sealed partial class DiscordCheck(
    DiscordRest rest,
    DiscordSelf self,
    Database database,
    TimeProvider time,
    ILogger<DiscordCheck> logger
) : IWorkspaceCheck
{
    public string Platform => "discord";

    public async Task<CheckOutcome> RunAsync(string workspace, CancellationToken cancellationToken)
    {
        if (!Snowflake.TryParse(workspace, out var guild))
        {
            return CheckOutcome.NotOurs;
        }

        DiscordSight sight;
        try
        {
            sight = await LookAsync(guild, cancellationToken);
        }
        catch (DiscordException error) when (error.Status == HttpStatusCode.Unauthorized)
        {
            LogRefused();
            await database.WriteAsync(
                connection =>
                    ChatTroubles.TellAllAsync(
                        connection,
                        Platform,
                        new ChatProblem(DiscordProblems.Token, null, DiscordProblems.TokenWords),
                        time.GetUtcNow()
                    ),
                cancellationToken
            );
            return CheckOutcome.Troubled;
        }
        catch (DiscordException error)
        {
            // An outage, or the bot is out of the guild: the listener is told of that, and nothing is concluded here.
            LogUnreachable(guild, error.Status, error.Code);
            return CheckOutcome.Unreachable;
        }

        return await database.WriteAsync(connection => SaveAsync(connection, sight), cancellationToken);
    }

    private async Task<DiscordSight> LookAsync(Snowflake guild, CancellationToken cancellationToken)
    {
        // Before Discord is asked: a channel that is made and used meanwhile is not taken for one that is gone.
        var used = await database.ReadAsync(
            async connection =>
                await ChatPlaces.Discord.FindAsync(connection, guild.ToString()) is { } workspace
                    ? await ChatTroubles.TrackedAsync(connection, workspace.Id)
                    : [],
            cancellationToken
        );
        // Asked anew each time: an intent is switched on while we run.
        var application = await rest.GetApplicationAsync(cancellationToken);
        var user = (await self.GetAsync(cancellationToken)).User;
        var facts = await rest.GetGuildAsync(guild, cancellationToken);
        return new DiscordSight(
            application,
            facts,
            user,
            await rest.GetGuildMemberAsync(guild, user, cancellationToken),
            await rest.GetGuildChannelsAsync(guild, cancellationToken),
            facts.OwnerId is { } owner ? await OwnerAsync(guild, owner, cancellationToken) : null,
            [.. used.Select(channel => channel.Id)]
        );
    }

    // Without the owner the check is still worth something.
    private async Task<GuildMember?> OwnerAsync(Snowflake guild, Snowflake owner, CancellationToken cancellationToken)
    {
        try
        {
            return await rest.GetGuildMemberAsync(guild, owner, cancellationToken);
        }
        catch (DiscordException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<CheckOutcome> SaveAsync(DbConnection connection, DiscordSight sight)
    {
        var now = time.GetUtcNow();
        if (
            await ChatPlaces.Discord.FindAsync(connection, sight.Guild.Id.ToString())
            is not { RemovedAt: null } workspace
        )
        {
            return CheckOutcome.NotOurs;
        }

        if (sight.Owner?.User is { } owner)
        {
            await DiscordMembers.KeepAsync(connection, workspace, owner, sight.Owner, now);
            await ChatTroubles.KeepOwnerAsync(connection, workspace.Id, owner.Id.ToString());
        }

        var tracked = await ChatTroubles.TrackedAsync(connection, workspace.Id);
        var problems = DiscordProblems.Of(
            sight.Application,
            sight.Guild,
            sight.Self,
            sight.User,
            sight.Channels,
            [.. tracked.Where(channel => sight.Used.Contains(channel.Id))],
            now
        );
        foreach (var channel in tracked)
        {
            var cause = DiscordProblems.PermissionsCause(channel.Id);
            if (channel.Mirror == "two-way" && problems.All(problem => problem.Cause != cause))
            {
                await DiscordWebhookStore.EndPauseAsync(connection, channel.Id);
            }
        }

        return await ChatTroubles.SaveAsync(connection, workspace.Id, tracked, problems, DiscordProblems.OwnCauses, now)
            ? CheckOutcome.Well
            : CheckOutcome.Troubled;
    }

    [LoggerMessage(LogLevel.Error, "Discord does not accept the token; nothing is read or posted there")]
    private partial void LogRefused();

    [LoggerMessage(LogLevel.Warning, "Could not check guild {Guild}: status {Status}, code {Code}")]
    private partial void LogUnreachable(Snowflake guild, HttpStatusCode? status, int code);
}

/// <summary>What Discord says of a guild and of us in it.</summary>
internal sealed record DiscordSight(
    Application Application,
    Guild Guild,
    Snowflake User,
    GuildMember Self,
    IReadOnlyList<Channel> Channels,
    GuildMember? Owner,
    IReadOnlyCollection<ChannelId> Used
);
