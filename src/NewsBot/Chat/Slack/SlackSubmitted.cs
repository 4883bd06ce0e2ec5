using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>How the sending of a window ended.</summary>
internal abstract record SlackSubmitted
{
    private SlackSubmitted() { }

    /// <summary>A field is wrong: the window stays.</summary>
    /// <param name="Field">Which; see <see cref="SlackFormFields"/>.</param>
    /// <param name="Markdown">What is wrong; our own text.</param>
    internal sealed record Wrong(string Field, string Markdown) : SlackSubmitted;

    /// <summary>The window shows something else now.</summary>
    internal sealed record Next(View View) : SlackSubmitted;

    /// <summary>What Slack is answered in time.</summary>
    /// <param name="inputs">The fields of the window that was sent; errors can be shown only at these.</param>
    public ViewResponse ToResponse(IReadOnlySet<string> inputs) =>
        this is Wrong wrong && inputs.Contains(wrong.Field)
            ? ViewResponse.WithErrors(
                new Dictionary<string, string>(StringComparer.Ordinal) { [wrong.Field] = Words(wrong.Markdown) }
            )
            : ViewResponse.Update(ToView());

    /// <summary>What the window shows where it is too late for errors.</summary>
    public View ToView() =>
        this switch
        {
            Next next => next.View,
            Wrong wrong => SlackViews.Result(wrong.Markdown),
            _ => throw new InvalidOperationException("A sending is wrong or goes on."),
        };

    private static string Words(string markdown)
    {
        // More does not fit below a field.
        const int MaxError = 300;
        return Shortened.To(SlackAnswerText.Plain(markdown).ReplaceLineEndings(" "), MaxError);
    }
}
