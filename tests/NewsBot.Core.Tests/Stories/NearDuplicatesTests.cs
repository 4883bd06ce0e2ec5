using System.Globalization;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class NearDuplicatesTests
{
    private const string Title = "Ferry Marigold stays in port until the storm has passed";

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly string Storm = "Ferry traffic rests. " + Prose.Text(1, 300);

    private readonly NearDuplicates _known = new();

    public static TheoryData<string, string> Copies =>
        new()
        {
            { "the same text", Storm },
            {
                "a wire's name in front and its rights behind",
                $"PORT ELLIN (Wire) - {Storm}\n\n(c) 2026 The Wire. All rights reserved."
            },
            {
                "other marks, cases and spaces",
                Storm.ToUpperInvariant().Replace(' ', '\u00a0').Replace(".", " –", StringComparison.Ordinal)
            },
            { "the end cut off", Storm[..(Storm.Length * 55 / 100)] },
            { "only the first third", Storm[..(Storm.Length * 35 / 100)] },
            { "some words put otherwise", Prose.Edited(Storm, 5, 16) },
            {
                "a paragraph added below the first",
                Storm.Replace("\n\n", $"\n\n{Prose.Text(7, 90)}\n\n", StringComparison.Ordinal)[..(Storm.Length + 500)]
            },
            { "a new beginning", $"{Prose.Text(8, 40)}\n\n{Storm}" },
            { "half as much again at the end", $"{Storm}\n\n{Prose.Text(9, 150)}" },
        };

    [Theory]
    [MemberData(nameof(Copies))]
    public void A_copy_is_known_for_one(string what, string copy)
    {
        Add(1, Title, Storm);
        Add(2, "Something else entirely is said here", Prose.Text(2, 300));

        Assert.True(Find(Title, copy) is { Original: 1 }, what);
    }

    [Fact]
    public void A_copy_may_have_a_headline_of_its_own()
    {
        Add(1, Title, Storm);

        Assert.Equal(1, Find("Storm keeps island cut off for another day", $"(Wire) - {Storm}")?.Original);
    }

    [Fact]
    public void A_copy_in_a_script_without_spaces_is_known_for_one()
    {
        const string text =
            "小米公司今天在北京发布首款电动汽车，售价二十一万元起，首批车辆将于下月交付。公司创始人表示，未来三年将投入一百亿元用于研发，"
            + "并计划在全国建设五百家交付中心。分析人士认为，新车将给其他制造商带来不小的压力，但产能仍是最大的难题。";
        Add(1, "小米发布首款电动汽车", text);

        Assert.Equal(1, Find("小米发布首款电动汽车", "新华社北京电 " + text[..(text.Length * 8 / 10)])?.Original);
        Assert.Null(
            Find(
                "华为发布新手机",
                "华为公司今天在深圳发布新款折叠手机，售价一万元起，首批产品将于本周开售，公司还表示将继续扩大海外市场，明年新开门店一百家。"
            )
        );
    }

    [Fact]
    public void What_quotes_a_paragraph_of_another_text_is_no_copy()
    {
        var long1 = Prose.Text(3, 400);
        Add(1, Title, Storm);

        var quoting = long1 + "\n\n" + Storm[..(Storm.Length / 4)] + "\n\n" + Prose.Text(4, 200);

        Assert.Null(Find("How islands live with the wind", quoting));
    }

    [Fact]
    public void A_background_that_two_reports_share_makes_neither_a_copy()
    {
        var background = Prose.Text(10, 120);
        Add(1, "Court frees the captain of the Marigold", Prose.Text(11, 160) + "\n\n" + background);

        Assert.Null(Find("Insurer refuses to pay for lost freight", Prose.Text(12, 170) + "\n\n" + background));
    }

    [Theory]
    [InlineData("Weather", "Gessen", "Ullern")]
    [InlineData("Markets", "Maritime Holding", "Northern Steel")]
    public void Reports_from_one_mould_are_no_copies(string title, string one, string other)
    {
        Add(1, $"{title}: {one}", Moulded(one, 3));

        Assert.Null(Find($"{title}: {other}", Moulded(other, 4)));
    }

    [Fact]
    public void What_stands_below_every_headline_is_no_text()
    {
        const string stub =
            "This article is for subscribers only. Sign in or take out a subscription to read on, or buy today's paper at any kiosk.";

        Assert.Null(TextPrint.Of("Harbour bridge opens to cyclists", stub));
        Assert.NotNull(TextPrint.Of("Subscription for subscribers only", stub));
    }

    [Fact]
    public void A_short_text_needs_the_headline_too()
    {
        const string text =
            "The harbour bridge opened to cyclists on Monday after three years of work, and hundreds crossed it within the first hour.";
        Add(1, "Harbour bridge opens to cyclists", text);

        Assert.Equal(1, Find("Harbour bridge opens to cyclists after three years", text)?.Original);
        Assert.Null(Find("Monday in pictures", text));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(Title, "")]
    [InlineData(Title, "Too short to say anything.")]
    [InlineData("", "\ud800 \udfff \0 \u200b ... !!! 😀😀😀")]
    public void What_says_too_little_has_no_print(string title, string text) => Assert.Null(TextPrint.Of(title, text));

    [Fact]
    public void A_text_of_megabytes_is_known_by_its_beginning()
    {
        var huge = string.Concat(Enumerable.Range(0, 40).Select(part => Prose.Text(100 + part, 20_000) + "\n\n"));
        Assert.True(huge.Length > 5_000_000);

        Add(1, "", huge);

        Assert.Equal(1, Find("", huge + " and more")?.Original);
        Assert.Null(Find("", huge[3_000_000..]));
    }

    [Fact]
    public void A_print_reads_the_same_after_it_was_stored()
    {
        var print = TextPrint.Of(Title, Storm)!;

        var stored = TextPrint.Parse(print.Bytes.ToArray())!;

        Assert.Equal(TextPrint.Size, print.Bytes.Length);
        _known.Add(1, stored, Now);
        Assert.Equal(new CopyMatch(1, 1), _known.Find(print));
        Assert.Null(TextPrint.Parse([1, 2, 3]));
    }

    [Fact]
    public void Of_several_the_likest_is_found()
    {
        Add(1, Title, Prose.Edited(Storm, 3, 8));
        Add(2, Title, Prose.Edited(Storm, 4, 60));

        Assert.Equal(2, Find(Title, Storm)?.Original);
    }

    [Fact]
    public void Among_many_thousands_each_is_still_found()
    {
        var texts = Enumerable.Range(0, 6_000).Select(seed => Prose.Text(seed + 1_000, 60)).ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            Add(i, "", texts[i]);
        }

        Assert.All(
            Enumerable.Range(0, 6).Select(part => part * 999),
            number => Assert.Equal(number, Find("", "(Wire) " + texts[number])?.Original)
        );
        Assert.Equal(6_000, _known.Count);
    }

    [Fact]
    public void The_oldest_go_when_there_are_too_many()
    {
        var few = new NearDuplicates(2_000);
        var texts = Enumerable.Range(0, 5_000).Select(seed => Prose.Text(seed + 1_000, 40)).ToList();
        for (var i = 0; i < texts.Count; i++)
        {
            few.Add(i, TextPrint.Of("", texts[i])!, Now);
            Assert.InRange(few.Count, 1, 2_000 + 1_024);
        }

        Assert.Null(few.Find(TextPrint.Of("", texts[0])!));
        Assert.Equal(4_999, few.Find(TextPrint.Of("", texts[4_999])!)?.Original);
        Assert.Equal(3_500, few.Find(TextPrint.Of("", texts[3_500])!)?.Original);
    }

    [Fact]
    public void What_is_older_than_a_time_is_forgotten_in_large_parts()
    {
        for (var i = 0; i < 3_000; i++)
        {
            _known.Add(i, TextPrint.Of("", Prose.Text(i + 1_000, 40))!, Now.AddMinutes(i));
        }

        _known.Forget(Now.AddMinutes(1_500));

        Assert.Null(_known.Find(TextPrint.Of("", Prose.Text(1_000, 40))!));
        Assert.Equal(1_500, _known.Find(TextPrint.Of("", Prose.Text(2_500, 40))!)?.Original);
        _known.Forget(DateTimeOffset.MaxValue);
        Assert.Equal(2_999, _known.Find(TextPrint.Of("", Prose.Text(3_999, 40))!)?.Original);
    }

    private static string Moulded(string name, int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            In {name} it was {number} degrees at 7:{number}0 this morning. The station at {name} counted {number}{number} millimetres since
            Monday, after {number + 2} the week before. By noon {number
                + 9} degrees are expected, with a wind of {number * 11} kilometres an hour.
            Those who live near {name} should take an umbrella with them, and close their windows by {number
                + 14} o'clock.
            The next report for {name} comes at {number + 4} o'clock, and on Tuesday there will be {number
                + 1} more of them.
            """
        );

    private void Add(long number, string title, string text) => _known.Add(number, TextPrint.Of(title, text)!, Now);

    private CopyMatch? Find(string title, string text) =>
        TextPrint.Of(title, text) is { } print ? _known.Find(print) : null;
}
