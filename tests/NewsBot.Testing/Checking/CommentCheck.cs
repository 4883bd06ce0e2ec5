namespace NewsBot.Testing.Checking;

/// <summary>Each reply is one comment of the story it is about, as its author left it, and there is no other.</summary>
internal static class CommentCheck
{
    public static void Look(CheckedWorld world, CheckReport report)
    {
        foreach (var reply in world.Account.Replies)
        {
            if (!reply.IsDeleted && !reply.MayBeUnknown)
            {
                report.Replies++;
            }

            if (world.Comments.TryGetValue(reply.Mark, out var comment))
            {
                LookAt(world, reply, comment, report);
            }
        }

        var known = world.Comments.Values.Select(comment => comment.Id).ToHashSet();
        foreach (var comment in world.Ledger.Comments.Where(comment => !known.Contains(comment.Id)))
        {
            report.Add(
                FindingKind.Doubled,
                $"Comment #{comment.Number} of story {comment.Story} was written by nobody: “{comment.Body}” ({comment.Message} in channel {comment.Channel})."
            );
        }
    }

    private static void LookAt(CheckedWorld world, SaidReply reply, CommentRow comment, CheckReport report)
    {
        var name = $"#{comment.Number} “{reply.Text}” ({reply.Side})";
        if (world.Stories.TryGetValue(reply.Headline, out var story) && story.Id != comment.Story)
        {
            report.Add(FindingKind.Wrong, $"{name} is about story {comment.Story}, not {story.Id}.");
        }

        var state = reply.IsDeleted ? "deleted" : "visible";
        if (comment.State != state)
        {
            report.Add(FindingKind.Wrong, $"{name} is {comment.State}, not {state}.");
        }
        else if (!reply.IsDeleted && comment.Body != reply.Text)
        {
            report.Add(FindingKind.Wrong, $"{name} says “{comment.Body}”.");
        }

        var parent = reply.Parent is { } mark ? world.Comments.GetValueOrDefault(mark)?.Number ?? 0 : 0;
        if (comment.Parent != parent && !(comment.Parent == 0 && WasUnknown(world, reply, comment)))
        {
            report.Add(FindingKind.Wrong, $"{name} answers #{comment.Parent}, not #{parent}.");
        }
    }

    // What was deleted before the newsroom heard of it was no comment when its answer was taken, and is not in the history
    // that the answer came from. An event that tells of it later makes it one, whose number is the higher; the answer keeps
    // its place, as every comment does.
    private static bool WasUnknown(CheckedWorld world, SaidReply reply, CommentRow comment) =>
        world.Account.Replies.FirstOrDefault(said => said.Mark == reply.Parent) is { IsDeleted: true } answered
        && world.Comments[answered.Mark].Number > comment.Number;
}
