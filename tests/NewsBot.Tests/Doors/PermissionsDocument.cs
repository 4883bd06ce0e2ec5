using System.Globalization;
using System.Text;
using NewsBot.Chat.Discord;
using NewsBot.Chat.Slack;
using NewsBot.Core.Commands;
using NewsBot.Core.Communities;
using NewsBot.Web.Views;

namespace NewsBot.Tests.Doors;

/// <summary>The table of who may do what, made from the catalogue. Pure.</summary>
internal static class PermissionsDocument
{
    private const string Head = """
        # Who may do what

        Made from the catalogue of commands; a test holds this page and every door against it. A right is checked each time something is used, never only in a menu: a guild that shows everybody every command, a button that was pressed too late or a form that was forged changes nothing.

        | Who | How one becomes it |
        |---|---|
        | **everybody** | is in a workspace that has the newsroom, or took a name in the built-in chat |
        | **moderators** | *Manage Messages* in Discord by one of their roles (what one channel alone lets somebody do makes nobody a moderator of the newsroom), or named with `/news role` |
        | **admins** | *Manage Server* or *Administrator* in Discord, admin or owner in Slack, or named with `/news role` |
        | **the operator** | sits at the machine: the command line, and the settings file |

        Everybody may also do what stands above them. What follows from that:

        - A **stranger** – somebody of another workspace in a shared Slack channel, a browser without a name, a program without a token – may read what is public, and nothing else.
        - Being **muted** or timed out keeps somebody from writing comments and from changing those they wrote, by every door; taking one back, looking things up, and deciding about what is kept about oneself, stays.
        - Being **banned** ends every session on the web, and the platform lets nobody who is banned use anything.
        - An admin of **another community** is here what anybody is.
        - A **former admin** is asked about again with every change: the chat says with each use what somebody is, and the web asks it before each change (and at most five minutes before each page).
        - A change waits ten minutes under a **code** that is good once and for whoever was shown it. Their right is checked again when they confirm.

        ## Commands

        *Discord* is where a command stands in the menu, *Slack and chat* how it is written there and to the API (`POST /api/v1/channels/{id}/messages`), *Settings* the page that has it as a form. On the command line all of them are `newsbot` and the words behind `/news`, for the operator.

        """;

    private const string Foot = """

        ## What is no command

        | Where | What | Who |
        |---|---|---|
        | Discord, message menu | *Comment number & link* | everybody |
        | Discord, message menu | *Hide*, *Merge into…* | moderators |
        | Slack, message shortcuts | *Comment number & link*, *Answer this comment* | everybody |
        | Slack, message shortcuts | *Hide*, *Merge into…* | moderators |
        | Buttons and forms | run a command of the table | whoever may run that, also where somebody else was shown them |
        | Suggestions while typing | stories, sources, members, comments and words of the own community; a comment written where nothing is published only there | whoever may run the command they are for |
        | `/moderation` | what moderators did | everybody where the community publishes it, else moderators |
        | `/moderation` | what waits to be decided | moderators |
        | `/settings` | the forms of the table | whoever may run that |
        | `/me` | one's own names, sessions and links | whoever signed in |
        | A story's page | write, change and delete one's own comments | members of a workspace that carries the story, while not muted or timed out |
        | The built-in chat | write, change and delete one's own messages | whoever has a name there, while not muted |
        | API | read | as on the pages: what is public, or what the token's member sees |
        | API | write | the member of the token; whoever names themselves while only this machine can call |
        | `/discord/interactions`, `/slack/…` | what the platforms send | who signs it, within five minutes; each is done once |

        """;

    public static string Build()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var group in Catalogue.All.GroupBy(spec => spec.Role).OrderBy(group => group.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### For {Name(group.Key)}\n\n");
            text.Append(
                "| Command | What it does | Discord | Slack and chat | Settings | Asks first |\n|---|---|---|---|---|---|\n"
            );
            foreach (var spec in group)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{spec.Name}` | {spec.Summary} | {Discord(spec)} | {Slack(spec)} | {Settings(spec)} | {(spec.Asks ? "yes" : "")} |\n"
                );
            }
        }

        return text.Append(Foot.ReplaceLineEndings("\n")).ToString();
    }

    private static string Name(Role role) =>
        role switch
        {
            Role.Admin => "admins",
            Role.Moderator => "moderators",
            _ => "everybody",
        };

    private static string Discord(CommandSpec spec) =>
        spec.Name == "confirm" ? "a button" : $"`/{DiscordCommandName.Of(spec).Line}`";

    private static string Slack(CommandSpec spec) =>
        SlackFormKinds.Opens(spec.Name) is null ? $"`/news {spec.Name}`" : $"`/news {spec.Name}`, or a window";

    private static string Settings(CommandSpec spec) =>
        SettingsCatalogue.Find(SettingsCatalogue.Slug(spec)) is null ? "" : $"`{SettingsCatalogue.Path(spec)}`";
}
