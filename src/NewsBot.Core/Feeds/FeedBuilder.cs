namespace NewsBot.Core.Feeds;

/// <summary>
/// Makes a feed of what a reader walks through. The strict and the tolerant reader both drive this one builder, so each format's rules
/// stand here once.
/// </summary>
internal sealed class FeedBuilder(Uri documentUrl)
{
    private readonly Stack<Frame> _frames = new();
    private readonly List<FeedEntry> _entries = [];
    private readonly TextCapture _capture = new();
    private readonly FeedDraft _feed = new();
    private EntryDraft? _entry;

    // Text that stands directly in an author or a picture, and what their child elements said.
    private string _aside = string.Empty;
    private string _childText = string.Empty;

    // A channel without a root around it is taken for a feed only when it turns out to hold something.
    private bool _isBare;

    /// <summary>Null until the root of a feed was seen.</summary>
    public FeedFormat? Format { get; private set; }

    /// <summary>Name of the first element; null where there was none.</summary>
    public string? RootName { get; private set; }

    public bool IsFeed => Format is not null && (!_isBare || _entries.Count > 0 || _feed.SaysSomething);

    private bool IsDone =>
        _entries.Count >= FeedParser.MaxEntries
        || (Format is null && "html".Equals(RootName, StringComparison.OrdinalIgnoreCase));

    private Uri Base =>
        (_frames.TryPeek(out var frame) ? frame.Base : null)
        ?? (Format is FeedFormat.Rss or FeedFormat.Rdf ? _feed.Link : null)
        ?? documentUrl;

    /// <summary>Takes in a whole document. An entry the document breaks off in is left out: half an entry would look like another one.</summary>
    public void Read(MarkupReader markup)
    {
        while (!IsDone && markup.Read())
        {
            switch (markup.Event)
            {
                case MarkupEvent.Start:
                    Start(markup);
                    break;
                case MarkupEvent.Text:
                    AddText(markup);
                    break;
                default:
                    End(markup);
                    break;
            }
        }
    }

    public ParsedFeed Finish(bool repaired) => _feed.Finish(Format ?? FeedFormat.Rss, _entries, repaired);

    private void Start(MarkupReader markup)
    {
        RootName ??= markup.Name;
        var isRoot = _frames.Count == 0;
        var parent = isRoot ? default : _frames.Peek();
        var place = FeedPlaces.Inside(parent.Place, markup.Word, isRoot);
        _frames.Push(new Frame(place, markup.Word, place == FeedPlace.Skip ? null : BaseOf(markup, parent.Base)));
        switch (place)
        {
            case FeedPlace.Feed:
                StartFeed(markup);
                break;
            case FeedPlace.Entry:
                StartEntry(markup);
                break;
            case FeedPlace.Person or FeedPlace.Picture:
                _aside = string.Empty;
                _childText = string.Empty;
                break;
            case FeedPlace.Text:
                StartText(markup, parent.Place);
                break;
            case FeedPlace.Inline:
                _capture.Open(markup, _frames.Peek().Base == parent.Base ? null : _frames.Peek().Base);
                break;
            default:
                break;
        }
    }

    private Uri? BaseOf(MarkupReader markup, Uri? inherited) =>
        markup.AttributeCount > 0 && markup.Base is { } text
            ? FeedUrls.Web(text, inherited ?? documentUrl) ?? inherited
            : inherited;

    private void StartFeed(MarkupReader markup)
    {
        if (Format is null)
        {
            _isBare = markup.Word == FeedWord.Channel && markup.AttributeCount == 0;
            Format = markup.Word switch
            {
                FeedWord.Rdf => FeedFormat.Rdf,
                FeedWord.Feed => FeedFormat.Atom,
                _ => FeedFormat.Rss,
            };
        }

        if (markup.AttributeCount > 0)
        {
            FeedFields.TakeAttributes(_feed, markup, Base);
        }
    }

    private void StartEntry(MarkupReader markup)
    {
        if (markup.Word == FeedWord.Item)
        {
            Format ??= markup.Name == "entry" ? FeedFormat.Atom : FeedFormat.Rss;
            _entry = new EntryDraft();
        }

        if (_entry is not null && markup.AttributeCount > 0)
        {
            EntryFields.TakeAttributes(_entry, markup, Base);
        }
    }

    private void StartText(MarkupReader markup, FeedPlace parent)
    {
        _capture.Begin(markup, markup.Word == FeedWord.FullContent ? TextForm.Markup : TextForm.Guess);
        if (markup.AttributeCount == 0)
        {
            return;
        }

        if (parent == FeedPlace.Entry && _entry is not null)
        {
            EntryFields.TakeAttributes(_entry, markup, Base);
        }
        else if (parent == FeedPlace.Feed)
        {
            FeedFields.TakeAttributes(_feed, markup, Base);
        }
    }

    private void AddText(MarkupReader markup)
    {
        switch (_frames.TryPeek(out var frame) ? frame.Place : FeedPlace.Outside)
        {
            case FeedPlace.Text or FeedPlace.Inline:
                _capture.Add(markup.Text);
                break;
            case FeedPlace.Person or FeedPlace.Picture:
                _aside += markup.Text;
                break;
            default:
                break;
        }
    }

    private void End(MarkupReader markup)
    {
        var frame = _frames.Pop();
        switch (frame.Place)
        {
            case FeedPlace.Inline:
                _capture.Close(markup.Name);
                break;
            case FeedPlace.Text:
                EndText(frame);
                break;
            case FeedPlace.Person:
                EndPerson();
                break;
            case FeedPlace.Picture:
                EndPicture();
                break;
            case FeedPlace.Entry when frame.Word == FeedWord.Item && _entry is not null:
                _entries.Add(_entry.Finish(_feed.Language));
                _entry = null;
                break;
            default:
                break;
        }
    }

    private void EndText(Frame frame)
    {
        var parent = _frames.TryPeek(out var outer) ? outer.Place : FeedPlace.Outside;
        var text = _capture.Finish(frame.Base ?? Base);
        switch (parent)
        {
            case FeedPlace.Entry when _entry is not null:
                EntryFields.TakeText(_entry, frame.Word, text);
                if (frame.Word == FeedWord.MediaDescription && outer.Word == FeedWord.MediaContent)
                {
                    _entry.ImageText(text.ToLine());
                }

                break;
            case FeedPlace.Feed or FeedPlace.Times:
                FeedFields.TakeText(_feed, frame.Word, text);
                break;
            case FeedPlace.Person when frame.Word == FeedWord.Name || _childText.Length == 0:
                _childText = text.Value;
                break;
            case FeedPlace.Picture:
                _childText = text.Value;
                break;
            default:
                break;
        }
    }

    private void EndPicture()
    {
        if (FeedUrls.Web(_childText.Length > 0 ? _childText : _aside, Base) is { } url)
        {
            _entry?.Image(new PictureOffer(url, PictureOrigin.Entry), 3);
        }
    }

    private void EndPerson()
    {
        var name = PersonName.Read(string.IsNullOrWhiteSpace(_childText) ? _aside : _childText);
        if (_entry is not null)
        {
            _entry.Author(name);
        }
        else
        {
            _feed.Author(name);
        }
    }

    private readonly record struct Frame(FeedPlace Place, FeedWord Word, Uri? Base);
}
