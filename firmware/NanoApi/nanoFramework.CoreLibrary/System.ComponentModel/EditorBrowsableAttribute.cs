namespace System.ComponentModel
{
    public sealed class EditorBrowsableAttribute : Attribute
    {
        public extern EditorBrowsableAttribute();
        public extern EditorBrowsableAttribute(EditorBrowsableState state);

        public extern EditorBrowsableState State { get; }

        public override extern bool Equals(object obj);
    }
}
