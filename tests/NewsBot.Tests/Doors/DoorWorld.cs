using System.Globalization;
using System.Text.Json.Nodes;
using NewsBot.Core.Commands;
using NewsBot.Testing.Newsrooms;
using NewsBot.Testing.Servers.FakeDiscord;
using NewsBot.Testing.Servers.FakeSlack;
using NewsBot.Tests.SignIn;
using NewsBot.Web;

namespace NewsBot.Tests.Doors;

/// <summary>A newsroom with people of every kind in a guild, a team and the built-in chat.</summary>
internal sealed class DoorWorld : IAsyncDisposable
{
    /// <summary>Words that every refusal for want of a right has.</summary>
    public const string Refused = "of this newsroom may use";

    // A guild's owner is written down beside everything else, some time after it came.
    private const string Settled = """
        SELECT (SELECT COUNT(*) FROM workspace WHERE platform = 'discord' AND owner_id IS NOT NULL)
             + (SELECT COUNT(*) FROM member WHERE name = 'Odalys')
             + (SELECT COUNT(*) FROM member WHERE name = 'Marguerite' AND community_id <> 1)
        """;

    private DoorWorld(SignInRig rig) => Rig = rig;

    public SignInRig Rig { get; }

    public FakeDiscordServer Discord => Rig.Discord;

    public FakeSlackServer Slack => Rig.Slack;

    /// <summary>Slack's id of a channel that a stranger's workspace shares.</summary>
    public string Shared { get; private set; } = "";

    /// <summary>Our row of the built-in chat's channel.</summary>
    public long WebChannel { get; private set; }

    public string Database => Path.Combine(Rig.Newsroom.Folder, "newsbot.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<DoorWorld> StartAsync(params IReadOnlyList<string> settings)
    {
        var world = new DoorWorld(
            await SignInRig.StartAsync(["--Web:WriteBurst=100000", "--Web:ReadBurst=100000", .. settings])
        );
        await world.LayOutAsync();
        return world;
    }

    public ValueTask DisposeAsync() => Rig.DisposeAsync();

    /// <summary>Gives or takes somebody in Discord what makes an admin there.</summary>
    public void SetDiscordAdmin(string name, bool isAdmin) =>
        Discord.State.Change(() =>
        {
            var guild = Discord.State.World.Guilds[Discord.GuildId];
            var member = guild.Members[Discord.Human(name).Id];
            member.Roles = isAdmin ? [.. guild.Members[Discord.Human("admin").Id].Roles] : [];
        });

    /// <summary>What somebody has to be called on the command line of this newsroom.</summary>
    public static string LineOf(CommandSpec spec) => spec.Example;

    /// <summary>A line in Discord's menu, taken past what the menu hides.</summary>
    public async Task<string> InDiscordAsync(string human, CommandSpec spec)
    {
        var found = Assert.IsType<CommandLineOutcome.Found>(CommandLine.Parse(LineOf(spec))).Command;
        var options = new JsonObject();
        foreach (var (option, value) in found.Arguments.Concat(found.Options))
        {
            switch (NewsBot.Chat.CommandValues.Of(spec, option))
            {
                case NewsBot.Chat.CommandValue.Role
                    when !spec.Arguments.Any(one => one.Name == option && one.Choices.Count > 0):
                    break;
                case NewsBot.Chat.CommandValue.Number:
                    options[option] = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                default:
                    options[option] = value;
                    break;
            }
        }

        try
        {
            var answer = await Discord
                .Human(human)
                .RunCommandAsync(
                    Discord.Channels.Text,
                    NewsBot.Chat.Discord.DiscordCommandName.Of(spec).Line,
                    options,
                    Stop
                );
            return answer.ToJsonString(Readable);
        }
        catch (Testing.Servers.FakeDiscord.Routes.FakeApiException error)
        {
            throw new InvalidOperationException($"Discord did not take {spec.Name}: {error.Body()} {options}", error);
        }
    }

    /// <summary>JSON as it is read, not as it is sent.</summary>
    public static System.Text.Json.JsonSerializerOptions Readable { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private async Task LayOutAsync()
    {
        var newsroom = Rig.Newsroom;
        await Rig.Rooms.Discord.ChannelAsync(Discord.Channels.Text);
        await Rig.Rooms.Slack.ChannelAsync(Slack.Channels.Public);
        WebChannel = await Rig.Rooms.WebChannelAsync("news");
        // As the next round would call it.
        await newsroom.RunAsync(
            "UPDATE channel SET name = 'news' WHERE external_id = @Public",
            new { Slack.Channels.Public }
        );
        var elsewhere = Discord.Driver.AddGuild("The Far Shore");
        var team = Slack.Driver.AddWorkspace("The Far Team", "Eva", install: true);
        Shared = Slack.Driver.AddSharedChannel("shared", team);
        Discord.State.Change(() =>
        {
            Discord.State.World.Guilds[elsewhere].OwnerId = Discord.Human("Marguerite").Id;
            // A guild may let everybody see and use every command; what they may do is not for the menu to say.
            foreach (var command in Discord.State.World.Commands.GetValueOrDefault(0UL) ?? [])
            {
                command.Remove("default_member_permissions");
            }
        });
        foreach (var person in Person.OfDiscord)
        {
            await InDiscordAsync(person.Name, Catalogue.Find("latest")!);
        }

        foreach (var person in Person.OfSlack.Where(person => person.Role is not null))
        {
            await Slack.Human(person.Name).SlashAsync("/news", "latest", Slack.Channels.Public, Stop);
        }

        foreach (var person in Person.OfWeb.Where(person => person.Role is not null))
        {
            await newsroom.RunAsync(
                """
                INSERT INTO member (community_id, name, role, first_seen_at) VALUES (1, @Name, @Role, 0);
                INSERT INTO identity (member_id, workspace_id, external_id, secret_hash)
                SELECT m.id, w.id, @Name, @Hash FROM member m, workspace w WHERE m.name = @Name AND w.platform = 'web';
                INSERT INTO api_token (member_id, hash, created_at) SELECT id, @Hash, 0 FROM member WHERE name = @Name;
                """,
                new
                {
                    person.Name,
                    Role = person.What == "former admin" ? "admin" : person.Role.ToString()!.ToLowerInvariant(),
                    Hash = Secrets.Hash(SecretOf(person)),
                }
            );
        }

        // Named in chats as an admin would, by the words that are kept; and what was given is taken again.
        await newsroom.RunAsync(
            """
            UPDATE member SET role = 'admin' WHERE name = 'Saga Wiklund';
            UPDATE member SET role = 'moderator' WHERE name IN ('Tomasz', 'Tomek');
            UPDATE member SET role = 'moderator' WHERE name = 'Mattias'
              AND id IN (SELECT member_id FROM identity i JOIN workspace w ON w.id = i.workspace_id WHERE w.platform = 'slack');
            UPDATE member SET muted_until = 9999999999999 WHERE name IN ('Inês', 'Willa');
            UPDATE member SET role = 'member' WHERE name = 'Wanda';
            """
        );
        await RunningNewsroom.UntilAsync(async () => await newsroom.NumberAsync(Settled) == 4 ? "yes" : null);
        SetDiscordAdmin("ליאור", true);
        Slack.Driver.SetAdmin("ליאור");
        Assert.DoesNotContain(
            Refused,
            await InDiscordAsync("ליאור", Catalogue.Find("list")!),
            StringComparison.Ordinal
        );
        var listed = await Slack.Human("ליאור").SlashAsync("/news", "list", Slack.Channels.Public, Stop);
        Assert.DoesNotContain(Refused, listed.ToJsonString(Readable), StringComparison.Ordinal);
        SetDiscordAdmin("ליאור", false);
        Slack.Driver.SetAdmin("ליאור", false);
    }

    /// <summary>Cookie and token of somebody of the built-in chat.</summary>
    public static string SecretOf(Person person) => $"a-long-enough-secret-of-{person.Name}";
}
