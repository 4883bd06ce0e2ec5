namespace NewsBot;

/// <summary>A section of the settings and the options it fills.</summary>
/// <param name="Path">Such as <c>Chat:Web</c>.</param>
/// <param name="Options">Its options.</param>
internal sealed record SettingSection(string Path, Type Options);
