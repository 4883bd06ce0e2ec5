using NewsBot.Core.Text;

namespace NewsBot.Core.Feeds;

/// <summary>One entry while it is being read: the best of what was said for each part.</summary>
internal sealed class EntryDraft
{
    // More labels or names than this are spam.
    private const int MaxLabels = 100;

    private List<string>? _authors;
    private List<string>? _categories;
    private Ranked<SourceText> _title;
    private Ranked<SourceText> _summary;
    private Ranked<SourceText> _content;
    private Ranked<string> _id;
    private Ranked<Uri> _link;
    private Ranked<Uri> _image;
    private List<PictureOffer>? _pictures;
    private Ranked<DateTimeOffset> _published;
    private Ranked<DateTimeOffset> _updated;
    private string? _language;

    /// <summary>RSS: a guid is the entry's address unless it says otherwise.</summary>
    public bool GuidIsLink { get; set; } = true;

    public void Title(SourceText text, int rank)
    {
        if (!text.IsEmpty)
        {
            _title.Offer(text, rank);
        }
    }

    public void Summary(SourceText text, int rank)
    {
        if (!text.IsEmpty)
        {
            _summary.Offer(text, rank);
        }
    }

    public void Content(SourceText text, int rank)
    {
        if (!text.IsEmpty)
        {
            _content.Offer(text, rank);
        }
    }

    public void Id(string? id, int rank)
    {
        if (!string.IsNullOrWhiteSpace(id))
        {
            _id.Offer(HtmlText.Fold(id), rank);
        }
    }

    public void Link(Uri? link, int rank)
    {
        if (link is not null)
        {
            _link.Offer(link, rank);
        }
    }

    public void Image(PictureOffer? picture, int rank)
    {
        if (picture is null)
        {
            return;
        }

        _image.Offer(picture.Url, rank);
        _pictures ??= new List<PictureOffer>(1);
        if (_pictures.Count < FeedEntry.MaxPictures)
        {
            _pictures.Add(picture);
        }
    }

    /// <summary>What the picture that was named last shows.</summary>
    public void ImageText(string text)
    {
        if (_pictures is [.., { Origin: PictureOrigin.Media, Alt: null } last])
        {
            _pictures[^1] = last with { Alt = text };
        }
    }

    public void Published(string text, int rank) => Offer(ref _published, text, rank);

    public void Updated(string text, int rank) => Offer(ref _updated, text, rank);

    public void Language(string? tag) => _language ??= LanguageTag.Tidy(tag);

    public void Author(string name) => AddLabel(ref _authors, name);

    public void Category(string label) => AddLabel(ref _categories, label);

    /// <summary>Makes the entry.</summary>
    /// <param name="feedLanguage">Used where the entry names none.</param>
    public FeedEntry Finish(string? feedLanguage) =>
        new(
            _id.Value,
            _title.IsSet ? _title.Value.ToLine() : string.Empty,
            _link.Value,
            _published.IsSet ? _published.Value : null,
            _updated.IsSet ? _updated.Value : null,
            _authors ?? [],
            _summary.IsSet ? _summary.Value.ToHtml() : null,
            _content.IsSet ? _content.Value.ToHtml() : null,
            _image.Value,
            _categories ?? [],
            _language ?? feedLanguage
        )
        {
            Pictures = _pictures is null ? [] : _pictures,
        };

    private static void Offer(ref Ranked<DateTimeOffset> slot, string text, int rank)
    {
        if (FeedDates.TryParse(text, out var moment))
        {
            slot.Offer(moment, rank);
        }
    }

    private static void AddLabel(ref List<string>? labels, string label)
    {
        if (label.Length == 0)
        {
            return;
        }

        labels ??= new List<string>(1);
        if (labels.Count < MaxLabels && !labels.Contains(label, StringComparer.OrdinalIgnoreCase))
        {
            labels.Add(label);
        }
    }
}
