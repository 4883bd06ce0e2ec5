using System.Text.Json.Serialization;

namespace NewsBot.Web.Api;

/// <summary>The shapes of the API, written and read without reflection.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never
)]
[JsonSerializable(typeof(IReadOnlyList<ApiChannel>))]
[JsonSerializable(typeof(ApiMessage))]
[JsonSerializable(typeof(ApiMessagePage))]
[JsonSerializable(typeof(ApiMessageDraft))]
[JsonSerializable(typeof(ApiPrivateAnswer))]
[JsonSerializable(typeof(ApiStory))]
[JsonSerializable(typeof(ApiStoryPage))]
[JsonSerializable(typeof(ApiCommentPage))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails))]
[JsonSerializable(typeof(Microsoft.AspNetCore.Http.HttpValidationProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>A channel that carries stories.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Name">Without #.</param>
/// <param name="Platform"><c>web</c>, <c>discord</c> or <c>slack</c>.</param>
internal sealed record ApiChannel(string Id, string Name, string Platform);

/// <summary>A message of the built-in chat.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Author">Name; null once deleted.</param>
/// <param name="Text">Markdown; of the bot plain text; null once deleted.</param>
/// <param name="ReplyTo">Id of the message it answers; null for none.</param>
/// <param name="StoryId">Set on cards: the story; else null.</param>
/// <param name="Number">Its number as a comment; null for the bot's own and for what is no comment.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="EditedAt">UTC; null when never edited.</param>
/// <param name="Deleted">True once deleted.</param>
/// <param name="Origin">Where a comment was written that is copied here; left out for what was written here.</param>
internal sealed record ApiMessage(
    string Id,
    string? Author,
    string? Text,
    string? ReplyTo,
    string? StoryId,
    int? Number,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    bool Deleted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ApiOrigin? Origin
);

/// <param name="Messages">Oldest first.</param>
/// <param name="Next">Pass as <c>after</c> for the next page; null at the end.</param>
internal sealed record ApiMessagePage(IReadOnlyList<ApiMessage> Messages, string? Next);

/// <summary>What is to be written.</summary>
/// <param name="Author">Who writes; believed only where nobody but this machine can call, else the token says it.</param>
/// <param name="Text">Markdown, at most 8,000 characters; a text beginning with /news is a command.</param>
/// <param name="ReplyTo">Id of the message it answers; left out for none.</param>
internal sealed record ApiMessageDraft(string? Author = null, string? Text = null, string? ReplyTo = null);

/// <summary>An answer only the caller sees.</summary>
/// <param name="Private">Always true.</param>
/// <param name="Text">Markdown.</param>
internal sealed record ApiPrivateAnswer(bool Private, string Text);

/// <param name="Name">The source's name.</param>
/// <param name="Url">Its report.</param>
internal sealed record ApiSource(string Name, string Url);

/// <summary>A story.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Headline">Plain text.</param>
/// <param name="Url">The leading article at its publisher.</param>
/// <param name="Summary">Plain text; empty for none.</param>
/// <param name="Sources">Every source that reports it, the leading one first.</param>
/// <param name="CommentCount">Comments the caller may read.</param>
/// <param name="CreatedAt">When it was taken in, UTC.</param>
/// <param name="Page">Our page of it, absolute.</param>
internal sealed record ApiStory(
    string Id,
    string Headline,
    string Url,
    string Summary,
    IReadOnlyList<ApiSource> Sources,
    int CommentCount,
    DateTimeOffset CreatedAt,
    string Page
);

/// <param name="Stories">Newest first.</param>
/// <param name="Next">Pass as <c>after</c> for the next page; null at the end.</param>
internal sealed record ApiStoryPage(IReadOnlyList<ApiStory> Stories, string? Next);

/// <param name="Date">UTC.</param>
/// <param name="Kind"><c>joined</c> where a platform tells it, else <c>firstSeen</c>.</param>
internal sealed record ApiMemberSince(DateTimeOffset Date, string Kind);

/// <param name="Name">As shown.</param>
/// <param name="Posts">Their visible comments in this community.</param>
/// <param name="MemberSince">Since when.</param>
internal sealed record ApiAuthor(string Name, int Posts, ApiMemberSince MemberSince);

/// <param name="Platform"><c>web</c>, <c>discord</c> or <c>slack</c>.</param>
/// <param name="Channel">Name without #.</param>
internal sealed record ApiOrigin(string Platform, string Channel);

/// <summary>A comment.</summary>
/// <param name="Number">Permanent number within the story.</param>
/// <param name="Parent">Number of the comment it answers; 0 for the story.</param>
/// <param name="Author">Null unless visible.</param>
/// <param name="Text">Markdown; null unless visible.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="EditedAt">UTC; null when never edited.</param>
/// <param name="State"><c>visible</c>, <c>deleted</c> or <c>hidden</c>.</param>
/// <param name="Origin">Where it was written.</param>
/// <param name="StoryId">The story whose list it stands in.</param>
internal sealed record ApiComment(
    int Number,
    int Parent,
    ApiAuthor? Author,
    string? Text,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    string State,
    ApiOrigin Origin,
    string StoryId
);

/// <param name="Comments">In the order asked for.</param>
/// <param name="Next">Pass as <c>after</c> for the next page; null at the end.</param>
internal sealed record ApiCommentPage(IReadOnlyList<ApiComment> Comments, string? Next);
