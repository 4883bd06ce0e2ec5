using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Logins of feeds that are not for everybody: login set, login clear. What was typed is in no line and no answer.</summary>
internal sealed class LoginCommands(
    Database database,
    FeedLook look,
    FeedLogins logins,
    Changes changes,
    EnvironmentValue environment
)
{
    /// <summary>Said where a login was taken.</summary>
    public const string Kept =
        "It is read with this login, which is kept encrypted; what it brings is for this community alone.";

    /// <summary>Said where a login would show others what it opens.</summary>
    public const string Shared =
        "Another community here reads the same address without a login, so it is not given one. Remove the source and add it again: where the feed asks for a login, you are asked for it.";

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal)
        {
            ["login set"] = SetAsync,
            ["login clear"] = ClearAsync,
        };

    private async Task<CommandReply> SetAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            connection => AdminStore.SourceAsync(connection, context.Community, context.Command["source"]),
            cancellationToken
        );
        if (found.Value is not { } source)
        {
            return CommandReply.Refused(found.Problem);
        }

        if ((context.Login ?? (context.IsOperator ? TypedLogin.Of(environment) : null)) is not { } typed)
        {
            return CommandReply.Refused(
                context.IsOperator
                    ? $"{TypedLogin.Howto} With `--header` the second is what the header says."
                    : "A chat is no place for a password. `/news login set` opens a form in Discord and in Slack; on the command line the login is read from NEWSBOT_LOGIN_USER and NEWSBOT_LOGIN_PASSWORD."
            );
        }

        var url = new Uri(source.Url);
        var (login, problem) = context.Command.Option("header") is { } header
            ? FeedLogin.OfHeader(url, header, typed.Secret)
            : FeedLogin.Basic(url, typed.User, typed.Secret);
        if (login is null)
        {
            return CommandReply.Refused(problem);
        }

        var (feed, trouble) = await look.ReadAsync(url, login, cancellationToken);
        if (feed is null)
        {
            return CommandReply.Refused($"{trouble} Nothing was saved.");
        }

        var kept = logins.Protect(login);
        var entries = LengthOfTime.Count(feed.Feed.Entries.Count, "entry", "entries");
        return await changes.RunAsync(
            context,
            connection => PlanAsync(connection, context, source, kept, $"The feed answered: {entries}. {Kept}"),
            cancellationToken
        );
    }

    private static async Task<Plan> PlanAsync(
        DbConnection connection,
        CommandContext context,
        SourceRow source,
        ProtectedLogin login,
        string done
    )
    {
        // It may have been removed while its server was asked.
        var still = await AdminStore.SourceAsync(connection, context.Community, Id(source));
        if (still.Value?.FeedId != source.FeedId)
        {
            return new Plan.Refused("This source was removed meanwhile. Nothing was saved.");
        }

        return await FeedLogins.IsSharedAsync(connection, source.FeedId, context.Community)
            ? new Plan.Refused(Shared)
            : new Plan.Change(Target(source), "", done)
            {
                CanUndo = false,
                AuditAfter = "login set",
                ApplyAsync = async inside =>
                {
                    await FeedLogins.SaveAsync(inside, source.FeedId, login, context.Now);
                    return new Plan.Applied([]);
                },
            };
    }

    private Task<CommandReply> ClearAsync(CommandContext context, CancellationToken cancellationToken) =>
        changes.RunAsync(
            context,
            async connection =>
            {
                var found = await AdminStore.SourceAsync(connection, context.Community, context.Command["source"]);
                if (found.Value is not { } source)
                {
                    return new Plan.Refused(found.Problem);
                }

                var name = MarkdownEscape.Line(source.Name, 80);
                return source.HasLogin == 0
                    ? new Plan.Refused($"{name} has no login.")
                    : new Plan.Change(
                        Target(source),
                        $"The login of **{name}** will be forgotten; it has to be typed again to be set again.",
                        $"The login of {name} is forgotten."
                    )
                    {
                        CanUndo = false,
                        AuditBefore = "login set",
                        ApplyAsync = async inside =>
                        {
                            await FeedLogins.ClearAsync(inside, source.FeedId);
                            return new Plan.Applied([]);
                        },
                    };
            },
            cancellationToken
        );

    private static string Id(SourceRow source) => string.Create(CultureInfo.InvariantCulture, $"source-{source.Id}");

    private static string Target(SourceRow source) => $"{Id(source)} {source.Name}";
}
