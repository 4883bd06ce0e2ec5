using System.Globalization;
using NewsBot.Clients.Slack.Objects;

namespace NewsBot.Chat.Slack;

/// <summary>What stands in the fields of a window that was sent. All of it is foreign. Pure.</summary>
internal sealed class SlackFormFields(View? view)
{
    public const string Url = "url";
    public const string Channel = "channel";
    public const string Offer = "offer";
    public const string Name = "name";
    public const string Days = "days";
    public const string Times = "times";
    public const string Zone = "zone";
    public const string Source = "source";
    public const string Text = "text";
    public const string User = "user";
    public const string Secret = "secret";

    /// <summary>The name of one of the fields a long text is pasted into.</summary>
    public static string Part(int number) => string.Create(CultureInfo.InvariantCulture, $"part-{number}");

    /// <summary>Slack's id of the window; null for none.</summary>
    public string? ViewId => view?.Id;

    /// <summary>The block of each input; errors can be shown only at these.</summary>
    public IReadOnlySet<string> Inputs { get; } =
        (view?.Blocks ?? [])
            .Where(block => block.Type == BlockTypes.Input && block.BlockId is not null)
            .Select(block => block.BlockId!)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>What was typed or chosen; null for nothing.</summary>
    public string? Find(string name)
    {
        var value = view?.State?.Find(name, name);
        var text = value?.Value ?? value?.SelectedOption?.Value ?? value?.SelectedConversation;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>As it was typed, spaces and all; empty for nothing.</summary>
    public string Raw(string name) => view?.State?.Find(name, name)?.Value ?? "";

    /// <summary>What was chosen of several.</summary>
    public IReadOnlyList<string> All(string name) =>
        [
            .. (view?.State?.Find(name, name)?.SelectedOptions ?? [])
                .Select(option => option.Value ?? "")
                .Where(value => value.Length > 0),
        ];
}
