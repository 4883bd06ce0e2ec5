using NewsBot.Core.Sources;

namespace NewsBot.Core.Tests.Sources;

/// <summary>Patterns that keep other engines busy for ages, and those that grow when they are unrolled.</summary>
public sealed class FilterPatternTests
{
    private static readonly string Long = new('a', 50_000);

    [Fact]
    public void A_filter_has_a_few_patterns_and_no_more()
    {
        var ten = string.Join(" OR ", Enumerable.Range(0, Filter.MaxPatterns).Select(i => $"regex:/x{i}/"));

        Assert.True(Filter.TryParse(ten, out _, out _));
        Assert.False(Filter.TryParse($"{ten} OR regex:/y/", out _, out var problem));
        Assert.Contains("at most 10 patterns", problem!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|a)*b")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*x")]
    [InlineData("(x+x+)+y")]
    [InlineData("([a-z]+)*[0-9]{5}")]
    [InlineData("(a|b)*a(a|b){100}")]
    [InlineData("(?:a?){500}b")]
    [InlineData("a{1000}")]
    [InlineData("(a{30}){30}b")]
    [InlineData("[^b]{0,900}b")]
    [InlineData("(?i)(ſ|s|S|ß)*b")]
    [InlineData("((((((((((((((((((((a)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*)*b")]
    [InlineData("a{2147483647}")]
    [InlineData("a{99999999999999999999}")]
    [InlineData("(a{10}){10}{10}{10}{10}")]
    public void Every_pattern_is_refused_with_a_reason_or_comes_to_an_end(string pattern)
    {
        var text = $"regex:/{pattern}/";

        if (Filter.TryParse(text, out var filter, out var problem))
        {
            var subject = new FilterSubject("aaaa", Long, "en", "The Daily", [], [], null, false);
            Assert.NotNull(filter.Matches(subject).Term);
        }
        else
        {
            Assert.InRange(problem!.Sentence.Length, 10, 500);
        }
    }
}
