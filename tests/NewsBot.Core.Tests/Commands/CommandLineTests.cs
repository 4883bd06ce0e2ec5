using NewsBot.Core.Commands;

namespace NewsBot.Core.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("/news digest set \"weekdays 8:30, 17:00 Europe/Berlin\"")]
    [InlineData("/news digest set “weekdays 8:30, 17:00 Europe/Berlin”")]
    [InlineData("/news digest set „weekdays 8:30, 17:00 Europe/Berlin“")]
    [InlineData("/NEWS Digest SET weekdays 8:30, 17:00 Europe/Berlin")]
    [InlineData("digest set weekdays 8:30, 17:00 Europe/Berlin --channel phones")]
    [InlineData("digest set --channel=phones weekdays 8:30, 17:00 Europe/Berlin")]
    [InlineData("  /news   digest   set «weekdays 8:30, 17:00 Europe/Berlin»  ")]
    public void Quotation_marks_of_any_style_hold_words_together(string line)
    {
        var command = Found(line);

        Assert.Equal("digest set", command.Spec.Name);
        Assert.Equal("weekdays 8:30, 17:00 Europe/Berlin", command["schedule"]);
    }

    [Fact]
    public void The_rest_of_a_line_keeps_its_own_quotation_marks_because_a_filter_needs_them()
    {
        var command = Found(
            "/news filter set \"The Daily\" title:\"big  news\" OR regex:/\\bEV\\b/ -rumor --channel \"my phones\" lang:en"
        );

        Assert.Equal("The Daily", command["source"]);
        Assert.Equal("title:\"big  news\" OR regex:/\\bEV\\b/ -rumor lang:en", command["filter"]);
        Assert.Equal("my phones", command.Option("channel"));
    }

    [Theory]
    [InlineData("search 24\" screen", "24\" screen")]
    [InlineData("search it's \"unclosed", "it's \"unclosed")]
    [InlineData("search \"one phrase\"", "one phrase")]
    [InlineData("search \"one\" \"two\"", "\"one\" \"two\"")]
    public void A_lone_quotation_mark_is_a_letter_like_any_other(string line, string words)
    {
        Assert.Equal(words, Found(line)["words"]);
    }

    [Theory]
    [InlineData("/news serch apples", "search")]
    [InlineData("/news statsu", "status")]
    [InlineData("/news dig", "digest")]
    [InlineData("/news fitler set", "filter")]
    public void An_unknown_verb_leads_to_the_nearest_one(string line, string meant)
    {
        var wrong = Wrong(line);

        Assert.Contains($"Did you mean `/news {meant}`?", wrong.Markdown, StringComparison.Ordinal);
        Assert.Equal([meant], wrong.Suggestions);
    }

    [Fact]
    public void A_verb_like_no_other_leads_to_help_and_its_marks_are_harmless()
    {
        var wrong = Wrong("/news **@everyone**`x`");

        Assert.Contains("There is no command ``", wrong.Markdown, StringComparison.Ordinal);
        Assert.Equal(["help"], wrong.Suggestions);
    }

    [Theory]
    [InlineData("digest", "needs one more word")]
    [InlineData("digest sett x", "Did you mean `/news digest set`?")]
    [InlineData("filter frobnicate", "It knows `set`, `show`, `clear`, `replay`.")]
    [InlineData("me opt_out", "Did you mean `/news me opt-out`?")]
    public void The_first_half_of_a_verb_lists_its_second_halves(string line, string expected)
    {
        Assert.Contains(expected, Wrong(line).Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("edit cnet")]
    [InlineData("edit cnet name")]
    [InlineData("filter set cnet")]
    [InlineData("search \"\"")]
    public void A_missing_value_shows_the_usage_and_an_example(string line)
    {
        var wrong = Wrong(line);

        Assert.Contains("needs", wrong.Markdown, StringComparison.Ordinal);
        Assert.Contains("Write it as `/news", wrong.Markdown, StringComparison.Ordinal);
        Assert.Contains("For example: `/news", wrong.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_choice_is_answered_with_the_nearest_right_one()
    {
        var wrong = Wrong("/news channel publish publik");

        Assert.Contains("did you mean `public`?", wrong.Markdown, StringComparison.Ordinal);
        Assert.Contains("`off`, `members`, `public`", wrong.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status now", "`now` is one word too many")]
    [InlineData("mute Jo", "needs a value for `<duration>`")]
    [InlineData("add https://a.example --ofer 3", "did you mean `--offer`?")]
    [InlineData("add https://a.example --offer", "needs a value")]
    public void Words_that_do_not_fit_are_named(string line, string expected)
    {
        Assert.Contains(expected, Wrong(line).Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("/news", null)]
    [InlineData("help", null)]
    [InlineData("help digest set", "digest set")]
    [InlineData("digest set --help", "digest set")]
    [InlineData("/news filter help", "filter")]
    public void Nothing_at_all_asks_for_help(string line, string? about)
    {
        var command = Found(line);

        Assert.Equal("help", command.Spec.Name);
        Assert.Equal(about, command.Find("command"));
    }

    [Theory]
    [InlineData("/news", true)]
    [InlineData("  /News latest", true)]
    [InlineData("/newsroom", false)]
    [InlineData("news latest", false)]
    [InlineData("see /news", false)]
    public void Only_a_message_that_begins_with_news_is_a_command(string text, bool expected)
    {
        Assert.Equal(expected, CommandLine.IsCommand(text));
    }

    [Fact]
    public void A_line_beyond_the_limit_is_refused()
    {
        Assert.Contains("4000", Wrong("search " + new string('x', 4_000)).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_of_the_catalogue_can_be_read_as_its_own_verb()
    {
        Assert.All(Catalogue.All, spec => Assert.Equal(spec.Name, Found("/news " + spec.Example).Spec.Name));
    }

    [Fact]
    public void No_line_whatsoever_throws()
    {
        CsCheck.Check.Sample(
            CsCheck.Gen.String,
            text =>
            {
                CommandLine.Parse(text);
                CommandLine.Parse("filter set " + text);
                CommandLine.Parse("add --" + text);
                return true;
            },
            iter: 2_000
        );
    }

    private static ParsedCommand Found(string line) =>
        Assert.IsType<CommandLineOutcome.Found>(CommandLine.Parse(line)).Command;

    private static CommandLineOutcome.Wrong Wrong(string line) =>
        Assert.IsType<CommandLineOutcome.Wrong>(CommandLine.Parse(line));
}
