namespace NewsBot.Web.Views;

/// <summary>What stands in the place of a comment that is not shown. Pure.</summary>
internal static class CommentWords
{
    public static string Gone(CommentShown shown) =>
        shown switch
        {
            CommentShown.Deleted => "Removed by its author.",
            CommentShown.Hidden => "Hidden by a moderator.",
            _ => "Not shown here.",
        };
}
