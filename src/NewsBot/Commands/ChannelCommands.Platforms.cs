using System.Globalization;
using System.Text.RegularExpressions;
using NewsBot.Core.Commands;
using NewsBot.Core.Text;

namespace NewsBot.Commands;

/// <summary>What only some chats have: roles to ping, tags of forums, announcements that others follow.</summary>
internal sealed partial class ChannelCommands
{
    private Task<CommandReply> PingAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                var text = context.Command["role"].Trim();
                var wanted = text.Equals("off", StringComparison.OrdinalIgnoreCase) ? null : text.TrimStart('@');
                if (channel.Platform == "web")
                {
                    return new Plan.Refused("The built-in chat has no roles to ping, so nothing would happen.");
                }

                if (wanted?.ToLowerInvariant() is "everyone" or "here" or "channel")
                {
                    return new Plan.Refused("Everybody at once is never pinged. Name a role that people can leave.");
                }

                if (channel.Platform == "slack" && wanted is not null)
                {
                    if (GroupMention().Match(text) is not { Success: true } group)
                    {
                        return new Plan.Refused(
                            "Write the user group as Slack offers it after an @, such as `/news channel ping @newsroom`, or give its id (S…); a name alone pings nobody."
                        );
                    }

                    wanted = group.Groups["id"].Value;
                }

                if (channel.Platform == "discord" && wanted is not null)
                {
                    if (RoleMention().Match(text) is not { Success: true } role)
                    {
                        return new Plan.Refused(
                            "Choose the role in Discord, with `/news channel ping`, or give its id; a name alone pings nobody."
                        );
                    }

                    wanted = role.Groups["id"].Value;
                }

                var plan = await PlanAsync(
                    connection,
                    channel,
                    [("role", channel.PingRole, wanted)],
                    "",
                    ("ping_role", wanted)
                );
                return channel.Platform == "discord" && plan is Plan.Change change
                    ? change with
                    {
                        Difference = AsRoles(change.Difference),
                        Done = AsRoles(change.Done),
                    }
                    : plan;
            },
            cancellationToken
        );

    private Task<CommandReply> TagsAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            changes,
            context,
            async (connection, channel) =>
            {
                if (channel.Kind is not ("forum" or "media"))
                {
                    return new Plan.Refused(
                        $"#{MarkdownEscape.Line(channel.Name)} is no forum, so its posts have no tags."
                    );
                }

                if (!ForumTags.TryParse(context.Command["tags"], out var wanted))
                {
                    return new Plan.Refused(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Give at most {ForumTags.Most} names of tags with commas between them, each at most {ForumTags.MaxLength} characters long. `/news channel tags off` leaves the choice to the newsroom."
                        )
                    );
                }

                return await PlanAsync(
                    connection,
                    channel,
                    [("tags", channel.Tags, wanted)],
                    "\nNew posts get those of them that the forum has.",
                    ("tags", wanted)
                );
            },
            cancellationToken
        );

    private Task<CommandReply> CrosspostAsync(CommandContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            changes,
            context,
            (connection, channel) =>
            {
                var wanted = context.Command["crosspost"] == "on" ? 1L : 0L;
                return channel.Kind != "announcement"
                    ? Task.FromResult<Plan>(
                        new Plan.Refused(
                            $"#{MarkdownEscape.Line(channel.Name)} is no announcement channel, so nobody can follow it from elsewhere."
                        )
                    )
                    : PlanAsync(
                        connection,
                        channel,
                        [("sent to followers", OnOff(channel.Crosspost), OnOff(wanted))],
                        "",
                        ("crosspost", wanted)
                    );
            },
            cancellationToken
        );

    // Discord shows a role by its name where it is written like this; nobody is pinged by an answer.
    private static string AsRoles(string text) => RoleId().Replace(text, "<@&$0>");

    private static string OnOff(long flag) => flag == 0 ? "off" : "on";

    // A role's id as a difference shows it.
    [GeneratedRegex(
        @"(?<=role(:| is now) |→ \*\*)[0-9]{15,20}",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex RoleId();

    // A role's id alone, or a mention of it.
    [GeneratedRegex(
        @"^(<@&)?(?<id>[0-9]{15,20})>?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex RoleMention();

    // A user group of Slack: its id alone, or a mention of it.
    [GeneratedRegex(
        @"^(<!subteam\^)?(?<id>S[A-Z0-9]{8,20})(\|[^<>|]{0,200})?>?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex GroupMention();
}
