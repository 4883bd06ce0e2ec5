namespace NewsBot.Testing.Crash;

/// <summary>The catalogue: every named step of intake, outbox and ledger.</summary>
internal static class CrashSteps
{
    public static IReadOnlyList<CrashStep> All { get; } =
    [
        // What happens once in a world comes first, in the order in which it happens.
        .. AtSlack("conversations.join", CrashWork.First | CrashWork.Story),
        .. AtDiscord("POST", "/channels/{channel}/webhooks", CrashWork.First | CrashWork.ReplyAtSlack),
        .. Both("a webhook", "INSERT INTO discord_webhook", CrashWork.First | CrashWork.ReplyAtSlack),
        .. Both("how Slack shows names", "INSERT INTO slack_guise", CrashWork.First | CrashWork.ReplyAtDiscord),
        .. Both("a story", "INSERT INTO story (", CrashWork.Story),
        .. Both("what a poll says of its feed", "UPDATE feed SET", CrashWork.Story),
        .. Both("a digest", "INSERT INTO digest (", CrashWork.Digest),
        .. Both("a post in the outbox", "INSERT INTO post (", CrashWork.Replies),
        .. Both("a post that is handed out", "SET attempts = attempts + 1, first_tried_at", CrashWork.Replies),
        .. Both("a post that was sent", "UPDATE post SET state = 'sent'", CrashWork.Replies),
        .. Both("a comment", "INSERT INTO comment (", CrashWork.Replies),
        .. Both("a comment's edit", "UPDATE comment SET body = @Body, edited_at", CrashWork.Edit),
        .. Both("a comment's deletion", "SET state = 'deleted', body = ''", CrashWork.Delete),
        .. Both("an event of Slack", "INSERT INTO slack_event", CrashWork.ReplyAtSlack),
        .. Both("an event of Slack that is done", "UPDATE slack_event SET body = NULL", CrashWork.ReplyAtSlack),
        .. Both("Discord's position", "INSERT INTO gateway_session", CrashWork.ReplyAtDiscord),
        .. Both("a thread that is wanted", "INSERT INTO thread (", CrashWork.Story | CrashWork.Replies),
        .. Both("a thread that is open", "UPDATE thread SET state = 'open'", CrashWork.Story | CrashWork.Replies),
        .. Both("a message of the built-in chat", "INSERT INTO web_message (", CrashWork.ReplyOnWeb),
        .. AtDiscord("POST", "/channels/{channel}/messages", CrashWork.Story | CrashWork.Digest),
        .. AtDiscord("PATCH", "/channels/{channel}/messages/{message}", CrashWork.Replies),
        .. AtDiscord("POST", "/channels/{channel}/messages/{message}/threads", CrashWork.Story | CrashWork.Replies),
        .. AtDiscord("POST", "/webhooks/{webhook}/{token}", CrashWork.Replies),
        .. AtDiscord("PATCH", "/webhooks/{webhook}/{token}/messages/{message}", CrashWork.Edit),
        .. AtDiscord("DELETE", "/webhooks/{webhook}/{token}/messages/{message}", CrashWork.Delete),
        new CrashStep.AtDiscord("GET", "/channels/{channel}/messages", IsAfter: true, CrashWork.Replies),
        .. AtSlack("chat.postMessage", CrashWork.Replies),
        .. AtSlack("chat.update", CrashWork.Edit),
        .. AtSlack("chat.delete", CrashWork.Delete),
        new CrashStep.AtSlack("conversations.history", IsAfter: true, CrashWork.Story),
        new CrashStep.AtSlack("conversations.replies", IsAfter: true, CrashWork.Replies),
        new CrashStep.Acknowledged(),
        new CrashStep.Answered(),
        new CrashStep.AnyTime(20, 2_000, "of the start"),
        new CrashStep.AnyTime(1_000, 5_000, "of the work"),
    ];

    /// <summary>All of them in another order for each seed; what happens once in a world stays first.</summary>
    public static IReadOnlyList<CrashStep> Shuffled(Random random)
    {
        var others = All.Where(step => !step.Work.HasFlag(CrashWork.First)).ToArray();
        random.Shuffle(others);
        return [.. All.Where(step => step.Work.HasFlag(CrashWork.First)), .. others];
    }

    private static CrashStep[] Both(string of, string statement, CrashWork work) =>
        [
            new CrashStep.Commit(of, statement, IsAfter: false, work),
            new CrashStep.Commit(of, statement, IsAfter: true, work),
        ];

    private static CrashStep[] AtDiscord(string method, string route, CrashWork work) =>
        [
            new CrashStep.AtDiscord(method, route, IsAfter: false, work),
            new CrashStep.AtDiscord(method, route, IsAfter: true, work),
        ];

    private static CrashStep[] AtSlack(string method, CrashWork work) =>
        [new CrashStep.AtSlack(method, IsAfter: false, work), new CrashStep.AtSlack(method, IsAfter: true, work)];
}
