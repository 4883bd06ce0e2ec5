namespace NewsBot.Core.Stories;

/// <summary>Why a picture is shown with no story.</summary>
public enum PictureFlaw
{
    /// <summary>It is too small to show anything.</summary>
    Small,

    /// <summary>It has the shape of a banner or a column.</summary>
    Shape,

    /// <summary>It is of one colour.</summary>
    Blank,

    /// <summary>It is no picture, or a broken one.</summary>
    Unreadable,
}
