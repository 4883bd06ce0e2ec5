using NewsBot.Core.Posts;
using NewsBot.Core.Stories;

namespace NewsBot.Core.Tests.Posts;

public sealed class CardTemplateTests
{
    [Theory]
    [InlineData("{{ source }}: {{ summary }}", @"The \*Daily\*: One screw. Ten \*minutes\*.")]
    [InlineData("{% if author != '' %}by {{ author }}{% else %}no name{% endif %}", "no name")]
    [InlineData("{{ categories | join: ', ' }}", "Science, Sea")]
    [InlineData("{{ published | date: '%Y-%m-%d %H:%M' }} {{ comments }}", "2026-03-02 08:30 4")]
    [InlineData("{{ headline | truncate: 9 }}", "Kelp f...")]
    [InlineData("{{ url }}", "<https://daily.example/kelp>")]
    [InlineData("a | b {{ also | first }}", "a | b Courier")]
    public void A_template_says_what_it_is_told(string template, string text)
    {
        Assert.True(CardTemplate.TryParse(template, out var parsed, out var problem), problem);

        Assert.Equal(text, parsed!.Render(Facts()));
    }

    [Theory]
    [InlineData("{% for i in (1..1000000000) %}x{% endfor %}", "range")]
    [InlineData("{% for a in also %}x{% endfor %}", "tag “for”")]
    [InlineData("{%- assign a = 'x' -%}", "tag “assign”")]
    [InlineData("{% include 'x' %}", "tag “include”")]
    [InlineData("{{ summary | replace: 'a', summary }}", "filter “replace”")]
    [InlineData("{{ summary | append: '|' | base64_encode }}", "filter “base64_encode”")]
    [InlineData("{{ story.headline }}", "value “story.headline”")]
    [InlineData("{{ summary", "cannot be read")]
    [InlineData("{% if x %}", "cannot be read")]
    public void What_could_fill_the_memory_or_cannot_be_read_is_refused_with_a_reason(string template, string words)
    {
        Assert.False(CardTemplate.TryParse(template, out var parsed, out var problem));

        Assert.Null(parsed);
        Assert.Contains(words, problem);
    }

    [Theory]
    [InlineData("{{ published | date: '%999999999Y' }}")]
    [InlineData("{{ published | date: '%-0^#300000000d' }}")]
    [InlineData("{{ published | date: '%99999999999999999999N' }}")]
    [InlineData("{% if comments == 5 %}{{ published | date: \"%Y %_100B\" }}{% endif %}")]
    public void A_date_that_would_fill_the_memory_with_zeros_is_refused(string template)
    {
        Assert.False(CardTemplate.TryParse(template, out _, out var problem));

        Assert.Contains("width of a hundred", problem);
    }

    [Theory]
    [InlineData("{{ published | date: headline }}")]
    [InlineData("{{ published | date: summary | append: 'x' }}")]
    [InlineData("{{ headline | truncate: 99999999999999999999 }}")]
    [InlineData("{{ headline | truncatewords: 99999999999999999999 }}")]
    public void A_template_that_cannot_be_filled_in_falls_back_to_the_usual_card(string template)
    {
        Assert.True(CardTemplate.TryParse(template, out var parsed, out var problem), problem);

        Assert.Null(parsed!.Render(Facts("%999999999Y", "%Y %300000000d")));
    }

    [Theory]
    [InlineData("{% if url %}", "{% endif %}", 98)]
    [InlineData("{% case 1 %}{% when 1 %}", "{% endcase %}", 50)]
    [InlineData("{% unless url == 1 %}", "{% endunless %}", 55)]
    [InlineData("{{ summary ", "| append: summary ", 105)]
    [InlineData("{{ also ", "| join: summary ", 105)]
    [InlineData("{{ url[", "url[", 480)]
    [InlineData("{% if ", "(", 1_900)]
    [InlineData("{% if url ", "or url ", 270)]
    [InlineData("{% comment %}", "{% comment %}", 140)]
    public void However_deep_or_long_a_template_is_it_ends_with_a_short_text_or_a_reason(
        string opening,
        string more,
        int count
    )
    {
        var isPair = more.Contains("end", StringComparison.Ordinal);
        var half = string.Concat(Enumerable.Repeat(isPair ? opening : more, count));
        var closing = string.Concat(Enumerable.Repeat(isPair ? more : "", count));
        string[] templates =
        [
            isPair ? $"{half}x{closing}" : opening + half,
            $"{opening}{half} }}}}",
            $"{opening}{half} %}}x{{% endif %}}",
            $"{opening}{half}1{new string(']', count)} }}}}",
        ];

        foreach (var template in templates)
        {
            if (CardTemplate.TryParse(template, out var parsed, out var problem))
            {
                Assert.True((parsed!.Render(Facts())?.Length ?? 0) <= 1_501);
            }
            else
            {
                Assert.InRange(problem!.Length, 1, 400);
            }
        }
    }

    [Fact]
    public void A_result_is_cut_and_a_template_is_bounded()
    {
        var many = string.Concat(Enumerable.Repeat("{{summary}}", 150));

        Assert.True(CardTemplate.TryParse(many, out var parsed, out _));
        Assert.True(parsed!.Render(Facts())!.Length <= 1_501);
        Assert.False(CardTemplate.TryParse(new string('x', CardTemplate.MaxChars + 1), out _, out var problem));
        Assert.Contains("2,001 characters", problem);
    }

    [Fact]
    public void A_template_that_says_nothing_gives_no_text()
    {
        Assert.True(CardTemplate.TryParse("{{ author }} ", out var parsed, out _));

        Assert.Null(parsed!.Render(Facts()));
    }

    private static CardFacts Facts(
        string headline = "Kelp forests return",
        string summary = "One screw. Ten *minutes*."
    ) =>
        new(
            new PostBody.Card(
                new StoryId(1),
                headline,
                "https://daily.example/kelp",
                "The *Daily*",
                ["Courier"],
                new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero),
                summary,
                null,
                4,
                null,
                false
            ),
            null,
            ["Science", "Sea"]
        );
}
