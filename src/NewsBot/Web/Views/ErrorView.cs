namespace NewsBot.Web.Views;

/// <summary>A page that says what is wrong and what to do.</summary>
/// <param name="Title">A few words.</param>
/// <param name="Detail">One or two sentences.</param>
/// <param name="Link">Address and words of a place that helps; null for none.</param>
internal sealed record ErrorView(string Title, string Detail, KeyValuePair<string, string>? Link);
