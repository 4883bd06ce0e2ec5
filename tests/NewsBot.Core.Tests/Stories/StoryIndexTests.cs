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
    public void A_report_in_another_language_that_shares_only_a_name_stays_apart()
    {
        var approved = Report("Skerry Bank wind park approved with 64 turbines", "Planet") with
        {
            Lead =
                "The government has approved the Skerry Bank wind park with 64 turbines, which are to stand on a sandbank off the coast.",
        };
        _index.Add(new StoryId(51), approved);
        const string german =
            "Mit der Genehmigung für die 64 Anlagen auf der Skerry Bank hat das Werk am Hafen den größten Auftrag seiner Geschichte.";

        Assert.Null(
            _index.Choose(
                Report("Fundamente für den Windpark Skerry Bank kommen aus dem Binnenland", "Bote") with
                {
                    Lead = german,
                }
            )
        );
        Assert.Equal(
            new StoryId(51),
            _index
                .Choose(Report("64 Anlagen für den Windpark Skerry Bank genehmigt", "Bote") with { Lead = german })
                ?.Story
        );
    }

    [Fact]
    public void A_numbered_series_of_one_outlet_is_no_update_but_a_number_that_rises_everywhere_is()
    {
        _index.Add(new StoryId(52), Report("Notice 7 of the harbour office", "Planet"));
        _index.Add(new StoryId(53), Report("Landslide buries village in the Andes, 12 dead", "Planet"));
        _index.Add(new StoryId(53), Report("At least 12 dead as landslide buries Andes village", "Gazette"));

        Assert.Null(_index.Choose(Report("Notice 8 of the harbour office", "Planet")));
        Assert.Equal(
            new StoryId(53),
            _index.Choose(Report("Landslide buries village in the Andes, 19 dead", "Planet"))?.Story
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

    [Fact]
    public void Reports_beyond_the_most_push_the_oldest_out()
    {
        var index = new StoryIndex(100);
        for (var i = 0; i < 1_000; i++)
        {
            index.Add(new StoryId(i), Report(Prose.Text(i, 9), $"Outlet {i}", url: $"https://outlet.example/{i}"));
            Assert.InRange(index.Count, 1, 100);
        }

        Assert.Null(index.Choose(Report(Prose.Text(500, 9), "Gazette")));
        Assert.Null(index.Choose(Report("Anything", "Gazette", url: "https://outlet.example/500")));
        Assert.Equal(new StoryId(950), index.Choose(Report(Prose.Text(950, 9), "Gazette"))?.Story);
        Assert.Equal(
            new StoryId(999),
            index.Choose(Report("Anything", "Gazette", url: "https://outlet.example/999"))?.Story
        );
    }

    [Fact]
    public void Words_go_with_the_last_report_that_had_them()
    {
        var index = new StoryIndex(50);
        var most = 0;
        for (var i = 0; i < 2_000; i++)
        {
            index.Choose(Report(Prose.Text(i, 9), "Gazette"));
            index.Add(new StoryId(i / 2), Report(Prose.Text(i, 9), "Gazette") with { Lead = Prose.Text(-i, 40) });
            most = Math.Max(most, index.Words);
        }

        Assert.InRange(most, 50, 50 * 200);
        index.Forget(Now.AddSeconds(1));
        Assert.Equal((0, 0), (index.Count, index.Words));
    }

    [Fact]
    public void Reports_of_before_a_time_are_forgotten_and_the_rest_of_their_story_stays()
    {
        var index = new StoryIndex();
        for (var i = 0; i < Ferry.Length; i++)
        {
            index.Add(new StoryId(70), Report(Ferry[i], Ferry[i], Now.AddHours(i)));
        }

        index.Forget(Now.AddHours(8));

        Assert.Equal(2, index.Count);
        Assert.Equal(new StoryId(70), index.Choose(Report(Ferry[9], "Gazette", Now.AddHours(10)))?.Story);
        Assert.Null(index.Choose(Report("Winter timetable is out", "Gazette", Now.AddHours(10))));
    }

    [Fact]
    public void A_merged_story_is_forgotten_report_by_report()
    {
        var index = new StoryIndex();
        for (var i = 0; i < Ferry.Length; i++)
        {
            index.Add(new StoryId(70 + (i % 2)), Report(Ferry[i], Ferry[i], Now.AddHours(i)));
        }

        index.Merge(new StoryId(71), new StoryId(70));
        index.Merge(new StoryId(71), new StoryId(70));
        index.Forget(Now.AddHours(9));

        Assert.Equal(1, index.Count);
        Assert.Equal(new StoryId(70), index.Choose(Report(Ferry[9], "Gazette", Now.AddHours(9)))?.Story);
        index.Forget(Now.AddHours(10));
        Assert.Null(index.Choose(Report(Ferry[9], "Gazette", Now.AddHours(9))));
    }

    [Fact]
    public void A_headline_and_a_lead_of_megabytes_cost_no_more_than_usual_ones()
    {
        var huge = Report(Prose.Text(1, 200_000), "Planet") with { Lead = Prose.Text(2, 500_000) };

        _index.Add(new StoryId(99), huge);

        Assert.Equal(new StoryId(99), _index.Choose(huge with { Publisher = "Gazette" })?.Story);
        Assert.InRange(_index.Words, 1, 1_000);
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
