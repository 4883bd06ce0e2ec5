using NewsBot.Clients.Discord;
using NewsBot.Clients.Discord.Objects;
using NewsBot.Clients.Discord.Rest;
using NewsBot.Core.Communities;

namespace NewsBot.Chat.Discord;

/// <summary>Asks Discord who belongs to a guild. A banned account is none of its members.</summary>
internal sealed class DiscordStandings(DiscordRest rest, DiscordAvatars avatars, TimeProvider time) : IStandings
{
    // Somebody waits before a page for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public string Platform => "discord";

    public async Task<Standing> AskAsync(string workspace, string account, CancellationToken cancellationToken)
    {
        if (!Snowflake.TryParse(workspace, out var guild) || !Snowflake.TryParse(account, out var user))
        {
            return new Standing.Absent();
        }

        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var member = await rest.GetGuildMemberAsync(guild, user, either.Token);
            var home = await rest.GetGuildAsync(guild, either.Token);
            return Read(home, user, member);
        }
        catch (DiscordException error)
            when (error.Code is DiscordCodes.UnknownMember or DiscordCodes.UnknownUser or DiscordCodes.UnknownGuild)
        {
            return new Standing.Absent();
        }
        catch (DiscordException)
        {
            return new Standing.Unknown();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Standing.Unknown();
        }
    }

    private Standing.Present Read(Guild guild, Snowflake user, GuildMember member) =>
        new(
            ChatMembers.Name(member.Nick, member.User?.GlobalName, member.User?.Username),
            DiscordAsker.RoleBy(DiscordPermissions.OfRoles(guild, user, member.Roles ?? []))
        )
        {
            JoinedAt = member.JoinedAt,
            SilencedUntil = member.CommunicationDisabledUntil,
            Picture = member.User is { } account ? avatars.Find(guild.Id, account, member) : null,
        };
}
