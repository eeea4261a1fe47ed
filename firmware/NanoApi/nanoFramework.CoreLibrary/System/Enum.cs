namespace System
{
    public abstract class Enum : ValueType
    {
        protected extern Enum();

        public extern bool HasFlag(Enum flag);
        public override extern string ToString();
    }
}
