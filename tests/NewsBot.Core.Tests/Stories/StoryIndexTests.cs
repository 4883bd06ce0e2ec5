using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Stories;

public sealed class StoryIndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly StoryIndex _index = Newsroom();

    [Fact]
    public void The_same_address_joins()
    {
        var match = _index.Choose(
            Report("Something else entirely", "Gazette", url: "http://www.planet.example/news/0/?utm_source=x")
        );

        Assert.Equal(new StoryMatch(new StoryId(1), "the same address", 1), match);
    }

    [Fact]
    public void The_same_headline_joins_whatever_outlet_stands_behind_it() =>
        Assert.Equal(
            new StoryMatch(new StoryId(1), "the same headline", 1),
            _index.Choose(Report("Strong earthquake shakes northern Chile, thousands evacuated | Gazette", "Gazette"))
        );

    [Theory]
    [InlineData("Thousands evacuated after earthquake off Chile's northern coast", 1)]
    [InlineData("Chile quake: evacuations as 7.4 earthquake shakes north", 1)]
    [InlineData("Xiaomi's first electric SUV goes on sale in Europe", 2)]
    [InlineData("Parliament in Oslo passes oil tax reform after long night", 3)]
    public void Another_outlet_with_the_same_event_joins(string title, long story) =>
        Assert.Equal(new StoryId(story), _index.Choose(Report(title, "Gazette"))?.Story);

    [Theory]
    [InlineData("Chile elects a new president")]
    [InlineData("Xiaomi reports record quarterly profit on phone sales")]
    [InlineData("Oslo opens new opera stage")]
    [InlineData("Local bakery wins prize for best bread")]
    [InlineData("Live updates")]
    [InlineData("")]
    public void What_only_shares_a_topic_stays_apart(string title) =>
        Assert.Null(_index.Choose(Report(title, "Gazette")));

    [Fact]
    public void An_old_story_is_not_revived() =>
        Assert.Null(
            _index.Choose(
                Report("Thousands evacuated after earthquake off Chile's northern coast", "Gazette", Now.AddHours(73))
            )
        );

    [Fact]
    public void The_same_outlet_joins_only_with_a_plain_update()
    {
        Assert.Equal(
            new StoryId(1),
            _index
                .Choose(Report("Strong earthquake shakes northern Chile, tens of thousands evacuated", "Planet"))
                ?.Story
        );
        Assert.Null(_index.Choose(Report("Chile's northern mines closed for days, owners say", "Planet")));
    }

    [Fact]
    public void A_daily_column_is_a_new_story_every_day()
    {
        _index.Add(new StoryId(99), Report("What to read over your breakfast today", "Planet"));

        Assert.Null(_index.Choose(Report("What to read over your breakfast today", "Planet", Now.AddHours(24))));
    }

    [Fact]
    public void Leads_that_disagree_keep_likely_headlines_apart()
    {
        var alike = Report("Fire destroys warehouse in harbour", "Planet") with
        {
            Lead =
                "Flames broke out in Hamburg on Sunday night in a hall full of coffee, and sixty firefighters worked until dawn.",
        };
        _index.Add(new StoryId(50), alike);

        var other = Report("Harbour pub fire in court", "Gazette") with
        {
            Lead =
                "A judge at Sydney has cleared the landlord of arson, eleven years later, saying insurers never proved their claim.",
        };
        Assert.Null(_index.Choose(other));
        Assert.Equal(
            new StoryId(50),
            _index.Choose(alike with { Publisher = "Gazette", Title = "Warehouse fire in Hamburg harbour" })?.Story
        );
    }

    [Fact]
    public void Headlines_in_other_scripts_join_too()
    {
        _index.Add(new StoryId(60), Report("小米公司今天在北京发布首款电动汽车", "新浪"));

        Assert.Equal(new StoryId(60), _index.Choose(Report("小米在北京发布首款电动汽车", "搜狐"))?.Story);
        Assert.Null(_index.Choose(Report("华为推出新平板电脑", "搜狐")));
    }

    [Fact]
    public void A_story_of_many_reports_is_known_by_all_its_headlines_together()
    {
        foreach (var title in Ferry)
        {
            _index.Add(new StoryId(70), Report(title, title));
        }

        const string late = "Winter timetable, charging mast, silent crossing: captain answers passengers";

        Assert.Equal(new StoryId(70), _index.Choose(Report(late, "Gazette"))?.Story);
        Assert.Null(Newsroom(Ferry[0]).Choose(Report(late, "Gazette")));
    }

    [Fact]
    public void Two_stories_of_many_reports_that_say_the_same_are_one()
    {
        foreach (var title in Ferry)
        {
            _index.Add(new StoryId(70), Report(title, title));
            _index.Add(new StoryId(71), Report(title + " today", title + " 2"));
        }

        Assert.Equal(new StoryId(71), _index.Other(Report("Ferry Marigold", "Gazette"), new StoryId(70)));
        Assert.Null(_index.Other(Report("Ferry Marigold", "Gazette"), new StoryId(1)));

        _index.Merge(new StoryId(71), new StoryId(70));

        Assert.Null(_index.Other(Report("Ferry Marigold", "Gazette"), new StoryId(70)));
        Assert.Equal(new StoryId(70), _index.Choose(Report(Ferry[1] + " today", "Gazette"))?.Story);
    }

    private static readonly string[] Ferry =
    [
        "Electric ferry Marigold makes first crossing to Ellin Island",
        "Marigold ferry crosses to Ellin Island in 38 minutes",
        "Ellin Island welcomes electric ferry Marigold with brass band",
        "Captain of ferry Marigold praises silent crossing to Ellin Island",
        "Charging mast for ferry Marigold paid by port of Ellin Island",
        "Winter timetable of ferry Marigold to Ellin Island is out",
        "No fuel burnt: electric ferry Marigold crosses to Ellin Island",
        "Passengers queue for ferry Marigold to Ellin Island",
        "Ferry Marigold: electric crossing to Ellin Island saves fuel",
        "Island of Ellin counts passengers of electric ferry Marigold",
    ];

    private static StoryIndex Newsroom(string more)
    {
        var index = Newsroom();
        index.Add(new StoryId(70), Report(more, "Planet"));
        return index;
    }

    private static StoryIndex Newsroom()
    {
        var index = new StoryIndex();
        string[] titles =
        [
            "Strong earthquake shakes northern Chile, thousands evacuated",
            "Xiaomi starts selling its first electric SUV in Europe",
            "Norway's parliament passes oil tax reform after all-night debate",
            "Scientists find water ice near the Moon's equator",
            "Central bank holds interest rates steady for third month",
            "Old theatre reopens after seven years of repairs",
            "New vaccine halves malaria cases in Ghana trial",
            "Striking bus drivers reach wage agreement with city",
        ];
        for (var place = 0; place < titles.Length; place++)
        {
            index.Add(
                new StoryId(place + 1),
                Report(titles[place], "Planet", url: $"https://planet.example/news/{place}")
            );
        }

        return index;
    }

    private static ClusterItem Report(string title, string publisher, DateTimeOffset? at = null, string? url = null) =>
        new(url is null ? null : new Uri(url), title, null, publisher, at ?? Now);
}
