using System.Data.Common;
using System.Globalization;
using Dapper;
using NewsBot.Core.Commands;
using NewsBot.Core.Feeds;
using NewsBot.Core.Text;
using NewsBot.Storage;

namespace NewsBot.Commands;

/// <summary>The selectors of pages that are read like feeds, as commands take and change them.</summary>
internal static class PageSelectors
{
    // What the page answers when nothing changed on it, and how much it usually listed, says nothing about other selectors.
    private const string StartAnew = """
        UPDATE feed SET next_poll_at = MIN(next_poll_at, @Now), etag = NULL, last_modified = NULL, body_hash = NULL,
            usual_entries = 0, few_in_row = 0, few_told_at = NULL
        WHERE id = @FeedId
        """;

    /// <returns>What is wrong with the selectors that were given; null for nothing.</returns>
    public static CommandReply? Read(CommandContext context, out PageRecipe? recipe)
    {
        recipe = null;
        if (context.Command.Option("items") is not { Length: > 0 } text)
        {
            return null;
        }

        recipe = PageRecipe.Read(text, out var problem);
        return recipe is null
            ? CommandReply.Wrong(
                $"{MarkdownEscape.Line(problem, 300)} `--items` takes a CSS selector for the entries of a page, such as `.news li`, and where needed those of their parts: `.news li; title: h3; date: .when`."
            )
            : null;
    }

    /// <summary>The option that says how a page is read; empty for a feed.</summary>
    public static string Option(SeenFeed feed) => feed.Recipe is { } recipe ? $" --items \"{recipe.Text}\"" : "";

    /// <summary>Gives a page that is a source already other selectors.</summary>
    public static async Task<Plan> ChangeAsync(
        DbConnection connection,
        CommandContext context,
        SourceRow source,
        SeenFeed feed
    )
    {
        var name = MarkdownEscape.Line(source.Name, 80);
        if (source.Recipe is null)
        {
            return new Plan.Refused($"{name} is read as a feed already; selectors are for pages without one.");
        }

        var recipe = feed.Recipe!.Text;
        var row = await AdminStore.CompareAsync(connection, "feed", source.FeedId, ("recipe", recipe));
        return new Plan.Change(
            string.Create(CultureInfo.InvariantCulture, $"source-{source.Id} {source.Name}"),
            $"{FeedLook.Describe(feed, context.Now)}\n\n"
                + Answers.Difference($"**{name}**", ("selectors", source.Recipe, recipe)),
            $"{name} is read by other selectors from now on. It is looked at now."
        )
        {
            Rows = row is null ? [] : [row],
            Line = $"add {feed.Url.AbsoluteUri}{Option(feed)}",
            ApplyAsync = async inside =>
            {
                await inside.ExecuteAsync(StartAnew, new { Now = context.Now.Ms(), source.FeedId });
                return new Plan.Applied([]);
            },
        };
    }
}
