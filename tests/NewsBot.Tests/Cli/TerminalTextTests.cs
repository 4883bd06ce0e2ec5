using NewsBot.Cli;
using NewsBot.Core.Text;

namespace NewsBot.Tests.Cli;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("**bold** and `code`", "bold and `code`")]
    [InlineData("`/news undo 3` takes it back", "`newsbot undo 3` takes it back")]
    [InlineData("[a \\[b\\]](<https://x.example/1>) c", "a [b] (https://x.example/1) c")]
    [InlineData("```\na \\* b\n```", "a \\* b")]
    public void Marks_become_what_they_mean(string markdown, string expected)
    {
        Assert.Equal(expected, TerminalText.Of(markdown));
    }

    [Theory]
    [InlineData("*a* _b_ [c](d) `e` <f> #1")]
    [InlineData("12. not a list")]
    public void Foreign_text_comes_out_as_it_was_written(string text)
    {
        Assert.Equal(text, TerminalText.Of(MarkdownEscape.Line(text)));
    }

    [Fact]
    public void Nothing_that_a_terminal_obeys_comes_through()
    {
        Assert.Equal("a[31mb", TerminalText.Of("a\u001b[31m\u009bb\u0007"));
    }
}
