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

    private static CardFacts Facts() =>
        new(
            new PostBody.Card(
                new StoryId(1),
                "Kelp forests return",
                "https://daily.example/kelp",
                "The *Daily*",
                ["Courier"],
                new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero),
                "One screw. Ten *minutes*.",
                null,
                4,
                null,
                false
            ),
            null,
            ["Science", "Sea"]
        );
}
