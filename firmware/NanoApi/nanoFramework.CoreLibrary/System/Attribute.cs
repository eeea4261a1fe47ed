namespace System
{
    public abstract class Attribute
    {
        protected extern Attribute();
    }
}
