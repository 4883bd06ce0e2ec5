using NewsBot.Fuzzing;
using NewsBot.Testing;

namespace NewsBot.Tests.Fuzzing;

/// <summary>Everything a fuzzer reached once, and everything that was found, read again.</summary>
public sealed class FuzzCorpusTests
{
    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_was_tried_before_is_read_without_a_finding(string name)
    {
        var target = FuzzTarget.Find(name)!;
        var inputs = Directory.GetFiles(Path.Combine(Checkout.Root, "tests", "NewsBot.Fuzzing", "Corpus", name));

        Assert.NotEmpty(inputs);
        Assert.All(inputs, input => target.Run(File.ReadAllBytes(input)));
    }

    [Theory]
    [InlineData("<p onclick=alert(1)>x</p>")]
    [InlineData("<a href=\"java\nscript:alert(1)\">x</a>")]
    [InlineData("<svg><script>1</script></svg>")]
    [InlineData("</div><base href=https://evil.example/>")]
    public void A_page_that_runs_something_is_a_finding(string html) =>
        Assert.Throws<FindingException>(() => HarmlessHtml.Check(html));
}
