namespace NewsBot.Core.Text;

/// <summary>What <see cref="MarkupScanner"/> stands on.</summary>
internal enum MarkupToken
{
    Text,
    CData,
    Start,
    End,
    Comment,
    Instruction,
    Declaration,
}
