using System.Text;

namespace NewsBot.Core.Text;

/// <summary>
/// Joins the words of a comparison into runs: between two that stayed, all that went stands before all that came. A lone
/// space does not part two changes.
/// </summary>
internal sealed class WordRuns
{
    private readonly List<WordChange> _runs = [];
    private readonly StringBuilder _gone = new();
    private readonly StringBuilder _added = new();

    // The space behind a change, until it is known whether another one follows.
    private string _gap = "";

    public void Add(WordChange change)
    {
        switch (change.Kind)
        {
            case WordChangeKind.Kept when IsGap(change.Text):
                _gap = change.Text;
                break;
            case WordChangeKind.Kept:
                Flush();
                Keep(change.Text);
                break;
            default:
                _gone.Append(_gap);
                _added.Append(_gap);
                _gap = "";
                (change.Kind is WordChangeKind.Gone ? _gone : _added).Append(change.Text);
                break;
        }
    }

    public List<WordChange> Finish()
    {
        Flush();
        return _runs;
    }

    private bool IsGap(string text) =>
        _gone.Length + _added.Length > 0 && _gap.Length == 0 && string.IsNullOrWhiteSpace(text);

    private void Flush()
    {
        Say(WordChangeKind.Gone, _gone);
        Say(WordChangeKind.Added, _added);
        if (_gap.Length > 0)
        {
            Keep(_gap);
            _gap = "";
        }
    }

    private void Say(WordChangeKind kind, StringBuilder text)
    {
        if (text.Length > 0)
        {
            _runs.Add(new WordChange(kind, text.ToString()));
            text.Clear();
        }
    }

    private void Keep(string text)
    {
        if (_runs is [.., { Kind: WordChangeKind.Kept } last])
        {
            _runs[^1] = last with { Text = last.Text + text };
        }
        else
        {
            _runs.Add(new WordChange(WordChangeKind.Kept, text));
        }
    }
}
