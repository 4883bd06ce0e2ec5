using System.Data.Common;
using System.Globalization;
using NewsBot.Core.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>Adds a source by any address of it, and shows what an address holds: add, test.</summary>
internal sealed class AddCommands(FeedLook look, Changes changes, FeedLogins logins, EnvironmentValue environment)
{
    private const int UsualOffer = 3;
    private const int MostOffer = 20;

    public IReadOnlyDictionary<string, CommandHandler> Handlers =>
        new Dictionary<string, CommandHandler>(StringComparer.Ordinal) { ["add"] = AddAsync, ["test"] = TestAsync };

    private async Task<CommandReply> TestAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (AddressText.Parse(context.Command["url"]) is not { } url)
        {
            return NoAddress(context.Command["url"]);
        }

        if (PageSelectors.Read(context, out var recipe) is { } wrong)
        {
            return wrong;
        }

        return await look.RunAsync(url, null, recipe, cancellationToken) switch
        {
            FeedLookOutcome.Feeds feeds => CommandReply.Done(
                string.Join("\n\n", feeds.Found.Select(feed => FeedLook.Describe(feed, context.Now)))
            ) with
            {
                Suggestions =
                [
                    .. feeds.Found.Select(feed => $"add {feed.Url.AbsoluteUri}{PageSelectors.Option(feed)}"),
                ],
            },
            FeedLookOutcome.Nothing nothing => CommandReply.Refused(nothing.Problem),
            _ => throw new InvalidOperationException("A look finds feeds or nothing."),
        };
    }

    private async Task<CommandReply> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (AddressText.Parse(context.Command["url"]) is not { } url)
        {
            return NoAddress(context.Command["url"]);
        }

        var offer = UsualOffer;
        if (
            context.Command.Option("offer") is { } text
            && (!int.TryParse(text, CultureInfo.InvariantCulture, out offer) || offer is < 0 or > MostOffer)
        )
        {
            return CommandReply.Wrong($"`--offer` takes a number from 0 to {MostOffer}.");
        }

        if (PageSelectors.Read(context, out var recipe) is { } wrong)
        {
            return wrong;
        }

        var (seen, login, problem) = await LookAsync(context, url, recipe, cancellationToken);
        return seen switch
        {
            null => CommandReply.Refused(problem),
            FeedLookOutcome.Feeds { Found: [var feed] } when login?.IsFor(feed.Url) == false => CommandReply.Refused(
                $"The feed is on another server than the page, {MarkdownEscape.Line(feed.Url.AbsoluteUri, 200)}, and a login is sent to one server only. Add the address of the feed."
            ),
            FeedLookOutcome.Feeds { Found: [var feed] } => await AddAsync(
                context,
                feed,
                offer,
                login,
                cancellationToken
            ),
            FeedLookOutcome.Feeds several => Choose(several.Found, context),
            FeedLookOutcome.Nothing { WantsLogin: { } wants } nothing => AskForLogin(context, nothing.Problem, wants),
            FeedLookOutcome.Nothing nothing => CommandReply.Refused(nothing.Problem),
            _ => throw new InvalidOperationException("A look finds feeds or nothing."),
        };
    }

    private async Task<(FeedLookOutcome? Seen, FeedLogin? Login, string Problem)> LookAsync(
        CommandContext context,
        Uri url,
        PageRecipe? recipe,
        CancellationToken cancellationToken
    )
    {
        var typed = context.Login;
        if (typed is null)
        {
            var seen = await look.RunAsync(url, null, recipe, cancellationToken);
            typed = context.IsOperator ? TypedLogin.Of(environment) : null;
            if (seen is not FeedLookOutcome.Nothing { WantsLogin: { } wants } || typed is null)
            {
                return (seen, null, "");
            }

            url = wants;
        }

        var (login, problem) = FeedLogin.Basic(url, typed.User, typed.Secret);
        return login is null
            ? (null, null, problem)
            : (await look.RunAsync(url, login, recipe, cancellationToken), login, "");
    }

    private Task<CommandReply> AddAsync(
        CommandContext context,
        SeenFeed feed,
        int offer,
        FeedLogin? login,
        CancellationToken cancellationToken
    )
    {
        var kept = login is null ? null : logins.Protect(login);
        return changes.RunAsync(
            context,
            connection => PlanAsync(connection, context, feed, offer, kept),
            cancellationToken
        );
    }

    private static CommandReply AskForLogin(CommandContext context, string problem, Uri url) =>
        CommandReply.Refused(
            $"{problem}\n\nThis feed wants a login. {(context.IsOperator ? TypedLogin.Howto : TypedLogin.AddHowto)}"
        ) with
        {
            LoginFor = new LoginPlace(url, context.Command.Option("channel") ?? context.Channel?.ToString()),
        };

    private static async Task<Plan> PlanAsync(
        DbConnection connection,
        CommandContext context,
        SeenFeed feed,
        int offer,
        ProtectedLogin? login
    )
    {
        var place = await AdminStore.ChannelAsync(connection, context);
        if (place.Value is not { } channel)
        {
            return new Plan.Refused(place.Problem);
        }

        var isApart = login is not null || feed.Recipe is not null;
        var known = await AdminStore.FeedAsync(connection, context.Community, feed.Url, isApart);
        if (login is not null && known is { } own && await FeedLogins.IsSharedAsync(connection, own, context.Community))
        {
            return new Plan.Refused(LoginCommands.Shared);
        }

        var source = (await AdminStore.SourcesAsync(connection, context.Community)).FirstOrDefault(one =>
            one.FeedId == known
        );
        if (source is not null && feed.Recipe is { } wanted && wanted.Text != source.Recipe)
        {
            return await PageSelectors.ChangeAsync(connection, context, source, feed);
        }

        var isThere = (await AdminStore.SubscriptionsAsync(connection, context.Community)).Any(one =>
            one.SourceId == source?.Id && one.ChannelId == channel.Id
        );
        var where = $"#{MarkdownEscape.Line(channel.Name)}";
        if (isThere)
        {
            return new Plan.Refused(
                $"{MarkdownEscape.Line(source!.Name, 80)} is in {where} already. `/news list` shows how it is; `/news edit` changes it."
            );
        }

        var name = source?.Name ?? context.Command.Option("name")?.Trim() ?? feed.Name;
        return new Plan.Change(
            $"source {name}",
            $"{FeedLook.Describe(feed, context.Now)}\n\nIt will come to {where}. {First(offer)}{(login is null ? "" : " " + LoginCommands.Kept)}",
            $"Added {MarkdownEscape.Line(name, 80)} to {where}. It is looked at now.{Soon(channel, context.Now)}"
        )
        {
            Line = Line(context, feed, offer, channel, name),
            ApplyAsync = async inside => new Plan.Applied(
                await AdminStore.AddSourceAsync(
                    inside,
                    new NewSource(context.Community, name, feed.Url, context.Now)
                    {
                        SiteUrl = feed.Feed.Link,
                        Channel = channel.Id,
                        Offer = offer,
                        Login = login,
                        Recipe = feed.Recipe,
                    }
                )
            ),
        };
    }

    private static string First(int offer) =>
        offer == 0
            ? "Nothing of what it lists now is posted; the next news will be the first."
            : $"Its newest {LengthOfTime.Count(offer, "entry", "entries")} will be offered at the first look (`--offer 0` for none); the rest counts as old.";

    private static string Line(CommandContext context, SeenFeed feed, int offer, ChannelRow channel, string name) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"add {feed.Url.AbsoluteUri} --channel channel-{channel.Id} --offer {offer}"
        )
        + (context.Command.Option("name") is null ? "" : $" --name \"{name.Replace('"', ' ')}\"")
        + PageSelectors.Option(feed);

    // Whoever adds a source looks for its first cards at once.
    private static string Soon(ChannelRow channel, DateTimeOffset now) =>
        channel.Mode == "instant" ? ""
        : channel.NextDigestAt is { } digest
            ? $" What it brings comes with the digest {Answers.Age(digest, now)}; `/news digest now` posts it at once."
        : " What it brings waits for a digest; `/news digest now` posts it at once.";

    private static CommandReply Choose(IReadOnlyList<SeenFeed> feeds, CommandContext context)
    {
        var options = context.Command.Option("channel") is { } channel ? $" --channel \"{channel}\"" : "";
        var lines = feeds.Select(feed =>
            $"- {MarkdownEscape.Line(feed.Name, 80)} ({LengthOfTime.Count(feed.Feed.Entries.Count, "entry", "entries")}): {MarkdownEscape.Code($"/news add {feed.Url.AbsoluteUri}{options}")}"
        );
        return CommandReply.Refused(
            $"This page names several feeds. Add the one you want:\n{string.Join('\n', lines)}"
        ) with
        {
            Suggestions = [.. feeds.Select(feed => $"add {feed.Url.AbsoluteUri}{options}")],
        };
    }

    private static CommandReply NoAddress(string text) =>
        CommandReply.Wrong(
            $"“{MarkdownEscape.Line(text, 80)}” is not a web address. Give one such as `https://example.org` or the address of a feed."
        );
}
