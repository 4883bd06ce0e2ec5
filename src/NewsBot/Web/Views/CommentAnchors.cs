using System.Globalization;

namespace NewsBot.Web.Views;

/// <summary>Ids of comments in a page: <c>c14</c>, and <c>s9-c14</c> in the section of a story that was joined with the page's. Pure.</summary>
internal static class CommentAnchors
{
    /// <summary>What numbers follow in the section of a joined story.</summary>
    public static string Prefix(long story) => string.Create(CultureInfo.InvariantCulture, $"s{story}-c");

    public static string Of(string prefix, int number) => prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The id of a joined story's section.</summary>
    public static string Section(long story) => string.Create(CultureInfo.InvariantCulture, $"s{story}");
}
