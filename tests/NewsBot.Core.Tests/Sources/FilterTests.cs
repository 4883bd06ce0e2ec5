using CsCheck;
using NewsBot.Core.Sources;

namespace NewsBot.Core.Tests.Sources;

public sealed class FilterTests
{
    private static readonly FilterSubject Phone = new(
        "Xiaomi's new EV: the SU7 arrives in Zürich",
        "A café owner drives the first e-car. Prices start at 12:30 o'clock — rumours say.",
        "en-GB",
        "CNET News",
        ["Cars", "Electric vehicles"],
        ["Zoë Müller"],
        new Uri("https://www.cnet.com/roadshow/news/su7/"),
        true
    );

    [Theory]
    [InlineData("", true)]
    [InlineData("xiaomi", true)]
    [InlineData("XIAOMI", true)]
    [InlineData("xiao", false)]
    [InlineData("xiao*", true)]
    [InlineData("zurich", true)]
    [InlineData("Zürich", true)]
    [InlineData("cafe", true)]
    [InlineData("\"café owner\"", true)]
    [InlineData("“cafe   OWNER”", true)]
    [InlineData("\"owner cafe\"", false)]
    [InlineData("e-car", true)]
    [InlineData("12:30", true)]
    [InlineData("title:cafe", false)]
    [InlineData("text:cafe", true)]
    [InlineData("title:(huawei OR xiaomi)", true)]
    [InlineData("title:(huawei OR (su7 zurich))", true)]
    [InlineData("title:(huawei OR (su7 geneva))", false)]
    [InlineData("xiaomi -rumor", true)]
    [InlineData("xiaomi -rumours", false)]
    [InlineData("xiaomi NOT rumours", false)]
    [InlineData("xiaomi AND su7", true)]
    [InlineData("huawei su7 OR xiaomi", true)]
    [InlineData("-(huawei OR oppo)", true)]
    [InlineData("--xiaomi", true)]
    [InlineData("lang:en", true)]
    [InlineData("lang:en-gb", true)]
    [InlineData("lang:(de OR fr)", false)]
    [InlineData("source:cnet", true)]
    [InlineData("source:net", false)]
    [InlineData("category:electric", true)]
    [InlineData("author:zoe", true)]
    [InlineData("author:\"zoe muller\"", true)]
    [InlineData("link:cnet.com/roadshow", true)]
    [InlineData("link:/roadshow/", true)]
    [InlineData("has:image", true)]
    [InlineData("-has:image", false)]
    [InlineData("regex:/\\bEV\\b/", true)]
    [InlineData("regex:/\\bev\\b/", false)]
    [InlineData("regex:/(?i)\\bev\\b/", true)]
    [InlineData("title:(regex:/SU\\d/)", true)]
    [InlineData("text:(regex:/SU\\d/)", false)]
    [InlineData("regex:/a b/ OR regex:/the first/", true)]
    public void A_filter_says_what_it_lets_through(string text, bool passes) =>
        Assert.Equal(passes, Parse(text).Matches(Phone).Passes);

    [Theory]
    [InlineData("小米", "小米发布新手机", true)]
    [InlineData("発表", "新型車を発表した", true)]
    [InlineData("삼성", "삼성전자가 발표했다", true)]
    [InlineData("华为", "小米发布新手机", false)]
    [InlineData("москва", "В Москва́ пришла весна", true)]
    [InlineData("еж", "Ёж в тумане", true)]
    [InlineData("strasse", "Neue Straße gesperrt", true)]
    [InlineData("c++", "Why C++ stays", true)]
    [InlineData("c++", "Why C stays", false)]
    [InlineData("🚀", "To the moon 🚀🚀", true)]
    public void Words_of_every_script_are_found(string text, string title, bool passes) =>
        Assert.Equal(passes, Parse(text).Matches(Phone with { Title = title, Text = null }).Passes);

    [Theory]
    [InlineData("lang:en", true)]
    [InlineData("lang:(de OR fr)", true)]
    [InlineData("-lang:en", true)]
    [InlineData("lang:en huawei", false)]
    public void A_language_nobody_can_tell_is_let_through(string text, bool passes) =>
        Assert.Equal(passes, Parse(text).Matches(Phone with { Language = null }).Passes);

    [Theory]
    [InlineData("xiaomi -rumours", "by -rumours, found in the text")]
    [InlineData("-title:xiaomi", "by -title:xiaomi, found in the title")]
    [InlineData("huawei OR oppo", "by huawei OR oppo, not found")]
    [InlineData("xiaomi lang:de", "by lang:de, not found")]
    [InlineData("-huawei xiaomi", "by xiaomi, found in the title")]
    [InlineData("-huawei", "by -huawei, not found")]
    [InlineData("oppo OR source:cnet", "by source:cnet, found in the source")]
    [InlineData("-(oppo OR category:cars)", "by -category:cars, found in the categories")]
    [InlineData("", "by an empty filter, which lets everything through")]
    public void The_verdict_names_the_term_that_decided(string text, string reason) =>
        Assert.Equal(reason, Parse(text).Matches(Phone).Reason);

    [Theory]
    [InlineData("title:(a OR", 10, "a closing bracket is missing")]
    [InlineData("a OR", 3, "something is missing behind this")]
    [InlineData("OR a", 0, "OR needs something on both sides")]
    [InlineData("NOT", 2, "something is missing behind this")]
    [InlineData("lang:(regex:/x/)", 12, "regex: looks at title and text only")]
    [InlineData("a)", 1, "this bracket closes nothing")]
    [InlineData("(a (b c)", 7, "a closing bracket is missing")]
    [InlineData("()", 1, "a word is missing before this bracket")]
    [InlineData("say \"never", 4, "this quotation mark is never closed")]
    [InlineData("a - b", 2, "a minus needs a word right behind it")]
    [InlineData("a | b", 2, "write OR for “or”")]
    [InlineData("titel:x", 0, "“titel” is not a field; did you mean title:?")]
    [InlineData("frobnicate:x", 0, "put quotation marks around a plain word")]
    [InlineData("title: x", 5, "title: needs something right behind it")]
    [InlineData("has:cheese", 4, "has: knows image")]
    [InlineData("regex:x", 6, "a pattern stands between slashes")]
    [InlineData("regex:/x", 6, "this pattern is never closed")]
    [InlineData("regex:/a(b/", 9, "this pattern is broken (insufficient closing parentheses)")]
    [InlineData("regex:/(a)\\1/", 7, "not offered here")]
    [InlineData("regex:/((a{99}){99}){99}/", 7, "multiply to more than 1000")]
    public void A_broken_filter_is_pointed_at(string text, int position, string sentence)
    {
        Assert.False(Filter.TryParse(text, out var filter, out var problem));

        Assert.Same(Filter.Everything, filter);
        Assert.Contains(sentence, problem!.Sentence, StringComparison.Ordinal);
        Assert.Equal(position, problem.Position);
        Assert.Equal($"{text}\n{new string(' ', position)}^ {problem.Sentence}", problem.Display);
    }

    [Fact]
    public void The_pointer_of_a_long_filter_shows_the_part_around_it()
    {
        Assert.False(Filter.TryParse(string.Join(' ', Enumerable.Repeat("word", 50)) + " | x", out _, out var problem));

        var lines = problem!.Display.Split('\n');
        Assert.Equal('|', lines[0][lines[1].IndexOf('^', StringComparison.Ordinal)]);
        Assert.True(lines[0].Length <= 80);
    }

    [Fact]
    public void Length_terms_and_nesting_are_bounded()
    {
        Assert.True(Filter.TryParse(string.Join(' ', Enumerable.Repeat("a", 100)), out _, out _));
        Assert.True(Filter.TryParse(new string('(', 16) + "a" + new string(')', 16), out _, out _));
        Assert.False(Filter.TryParse(string.Join(' ', Enumerable.Repeat("a", 101)), out _, out var terms));
        Assert.False(Filter.TryParse(new string('(', 17) + "a" + new string(')', 17), out _, out var depth));
        Assert.False(Filter.TryParse(new string('-', 1_000) + "a", out _, out _));
        Assert.False(Filter.TryParse(new string('a', 2_001), out _, out var length));

        Assert.Contains("at most 100 terms", terms!.Sentence, StringComparison.Ordinal);
        Assert.Contains("at most 16 deep", depth!.Sentence, StringComparison.Ordinal);
        Assert.Contains("at most 2000 characters", length!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title:(xiaomi OR huawei) -rumor lang:en source:cnet regex:/\\bEV\\b/")]
    [InlineData("(a b) OR c")]
    [InlineData("a (b OR title:c) -(d e)")]
    [InlineData("-title:(a OR b)")]
    [InlineData("title:(a OR (b -c))")]
    [InlineData("\"exact phrase\" prefix* \"OR\" \"a:b\"")]
    [InlineData("title:(regex:/x/)")]
    [InlineData("title:(//a*)")]
    public void A_canonical_filter_is_written_as_it_was_read(string text) => Assert.Equal(text, Parse(text).ToString());

    [Theory]
    [InlineData("TITLE:a AND NOT b", "title:a -b")]
    [InlineData("((a)) OR (b OR c)", "a OR b OR c")]
    [InlineData("“one”", "one")]
    [InlineData("title:a OR title:b", "title:(a OR b)")]
    public void Equal_filters_have_one_text(string text, string canonical)
    {
        Assert.Equal(canonical, Parse(text).ToString());
        Assert.Equal(Parse(canonical), Parse(text));
    }

    public static TheoryData<string, string> KeptLonger() =>
        new()
        {
            // Each "a b" of an OR gets brackets of its own.
            { $"{string.Concat(Enumerable.Repeat("-(a OR b ", 8))}c{new string(')', 8)}", "nest at most 16 deep" },
            // And each phrase spaces around it.
            {
                string.Concat(Enumerable.Repeat("aword-as-long-as-we-need\"and one of two\"", 50)),
                "this one has 2099"
            },
        };

    [Theory]
    [MemberData(nameof(KeptLonger))]
    public void What_could_not_be_read_again_as_it_is_kept_is_refused(string text, string sentence)
    {
        Assert.False(Filter.TryParse(text, out var filter, out var problem));
        Assert.Contains(sentence, problem!.Sentence, StringComparison.Ordinal);
        Assert.Equal(Filter.Everything, filter);
    }

    [Fact]
    public void Whatever_is_typed_is_read_or_pointed_at_and_reads_back()
    {
        var pieces = new[]
        {
            "a",
            "bé",
            "(",
            ")",
            "\"",
            " ",
            " ",
            "-",
            "OR",
            " OR ",
            "AND",
            "NOT ",
            "title:",
            "regex:/x/",
            "/",
            ":",
            "*",
            "lang:",
            "has:image",
            "x y",
            "\n",
            "\ud800",
            "小米",
            "title:(",
            "\\",
            "“",
            "source:(a OR b)",
        };
        Gen.Int[0, pieces.Length - 1]
            .Array[0, 24]
            .Select(picks => string.Concat(picks.Select(pick => pieces[pick])))
            .Sample(
                text =>
                {
                    if (!Filter.TryParse(text, out var filter, out var problem))
                    {
                        return problem!.Position >= 0
                            && problem.Position <= text.Length
                            && problem.Display.Count(c => c == '\n') == 1;
                    }

                    var again = Filter.TryParse(filter.ToString(), out var second, out _);
                    return again
                        && second.ToString() == filter.ToString()
                        && second.Matches(Phone).Passes == filter.Matches(Phone).Passes;
                },
                iter: 5_000
            );
    }

    private static Filter Parse(string text)
    {
        Assert.True(Filter.TryParse(text, out var filter, out var problem), problem?.Display);
        return filter;
    }
}
