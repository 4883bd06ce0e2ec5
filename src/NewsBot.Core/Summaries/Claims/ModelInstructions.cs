using System.Text.RegularExpressions;

namespace NewsBot.Core.Summaries.Claims;

/// <summary>Knows sentences of an article that speak to a language model instead of a reader.</summary>
public static partial class ModelInstructions
{
    /// <summary>Whether a sentence speaks to a model.</summary>
    /// <param name="sentence">Plain text of any length.</param>
    public static bool AreIn(string sentence) => Words().IsMatch(sentence);

    [GeneratedRegex(
        @"\b(ignore|disregard|forget|override)\b.{0,40}\b(previous|prior|above|earlier|all|any|your|the)\b.{0,30}\b(instructions?|prompts?|rules|directions|guidelines|context)\b"
            + @"|\b(system|developer|hidden) (prompt|message|instruction)"
            + @"|\b(as|you are|you're|act as|pretend to be) an? (ai|a\.i\.|llm|language model|assistant|chat ?bot)\b"
            + @"|\b(dear|attention|note to|instructions? (for|to)) (ai|llms?|language models?|(ai )?assistants?|chat ?bots?|summari[sz]ers?)\b"
            + @"|\b(llms?|language models?|ai (models?|assistants?|systems?)|summari[sz]ers?) (must|should|shall|have to|need to|are (asked|told|required))\b"
            + @"|\b(your|the|this) (summary|output|response|answer|reply) (must|should|shall|has to|needs to|is to) (say|state|include|contain|be|begin|start|end|mention)\b"
            + @"|\b(summari[sz]e|respond|reply|answer|output|write|print|repeat) (only|exactly|nothing but|the following|as follows|with)\b"
            + @"|<\|?(im_start|im_end|system|assistant|user|endoftext|eot_id)|\[/?INST\]|###\s*(system|instruction|assistant|response)"
            + @"|^\s*(system|assistant|user)\s*:"
            + @"|\b(ignoriere?n?|vergiss|missachte)\b.{0,40}\b(anweisungen|vorgaben|regeln)\b|\bignore[rz]?\b.{0,40}\b(instructions|consignes)\b"
            + @"|\b(ignora|olvida)\b.{0,40}\b(instrucciones|istruzioni|indicaciones)\b|忽略.{0,20}(指令|指示|说明)|指示を無視",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1_000
    )]
    private static partial Regex Words();
}
